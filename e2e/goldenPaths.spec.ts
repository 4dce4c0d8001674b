import { expect, test, type Page } from '@playwright/test';
import { signIn } from './portal';
import { takeScreenshots } from './takeScreenshots';

interface Form {
  template: string;
  name: string;
  /** Values that a link fills in, as those of a workload's page do. */
  linked?: Record<string, unknown>;
  /** Fills in what has no default, page by page. */
  pages: Array<(page: Page) => Promise<void>>;
  /** A file of the preview. */
  file: string;
}

const POSTGRES = 'docker.io/library/postgres:17.5-bookworm';
const none = async () => {};
const fill = (label: RegExp, value: string) => (page: Page) =>
  page.getByLabel(label).first().fill(value);

const FORMS: Form[] = [
  {
    template: 'data-processing',
    name: 'order-export',
    pages: [
      async page => {
        await fill(/^Image/, POSTGRES)(page);
        await fill(/^Schedule/, '0 0 30 2 *')(page);
        await expect(page.getByText(/never comes/)).toBeVisible();
        await fill(/^Schedule/, '30 2 * * 1-5')(page);
        await expect(
          page.getByText(/At 02:30, Monday through Friday/),
        ).toBeVisible();
      },
    ],
    file: 'schedule.yaml',
  },
  {
    template: 'data-api',
    name: 'order-api',
    pages: [fill(/^Image/, 'docker.io/postgrest/postgrest:v12.2.8'), none],
    file: 'base/deployment.yaml',
  },
  {
    template: 'data-quality',
    name: 'order-checks',
    linked: {
      database: 'component:default/data-database',
      checks: [{ check: 'unique', table: 'api.orders', column: 'order_id' }],
    },
    pages: [none],
    file: 'base/checks.jsonl',
  },
];

test('the forms of the data team lead to a preview that passes', async ({
  page,
}) => {
  await signIn(page, /Data engineer/);
  for (const [index, form] of FORMS.entries()) {
    const { template, name, linked, pages, file } = form;
    await test.step(template, async () => {
      const query = linked
        ? `?formData=${encodeURIComponent(JSON.stringify(linked))}`
        : '';
      await page.goto(`/create/templates/default/${template}${query}`);
      await page.getByText('When to take it, and what it costs').click();
      await expect(page.getByText(/How to leave it/)).toBeVisible();
      await fill(/^Name/, name)(page);
      await fill(/^Description/, `${name} of a test`)(page);
      for (const fillPage of pages) {
        await page.getByRole('button', { name: 'Next', exact: true }).click();
        await fillPage(page);
        await takeScreenshots(page, `${40 + index}-${template}`);
      }
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.getByText('Ready to submit')).toBeVisible({
        timeout: 120_000,
      });
      await expect(
        page.getByText(`${name}/overlays/dev/${file}`).first(),
      ).toBeVisible();
    });
  }
});
