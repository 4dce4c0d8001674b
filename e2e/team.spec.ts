import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';
import { nextPage, signIn, submitForm, takePullRequest } from './portal';
import { takeScreenshots } from './takeScreenshots';

const team = 'risk';

test('a team lead gets a team, and a member previews and requests a service in it', async ({
  page,
}) => {
  // The rest takes two minutes on an idle machine.
  test.setTimeout(600_000);
  await signIn(page, /Team lead/);
  const choose = async (label: RegExp, option: RegExp) => {
    await page.getByRole('button', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
    // It fades away, and the next list may open before it is gone.
    await expect(page.getByRole('listbox')).toHaveCount(0);
  };

  await test.step('request the team', async () => {
    await page.goto('/create/templates/default/team-namespace');
    await choose(/Group that owns/, /Risk models/);
    await page.getByLabel(/^Name/).fill('app-ml-team');
    await expect(
      page.getByText(/There is a team app-ml-team already/),
    ).toBeVisible();
    await page.getByLabel(/^Name/).fill(team);
    await expect(page.getByText('This name is available.')).toBeVisible();
    await choose(/dev/, /Small/);
    await choose(/prod/, /Medium/);
    await page.getByLabel(/^GPUs/).fill('2');
    await takeScreenshots(page, '40-team-form');
    await nextPage(page);
    await page.getByLabel(/^Title/).fill('Risk');
    await page.getByLabel(/^Description/).fill('Scores credit risk');
    await nextPage(page);
    await expect(page.getByText('Ready to submit')).toBeVisible({
      timeout: 120_000,
    });
    await page.getByText('Every environment').click();
    await expect(page.getByText('AppProject').first()).toBeVisible();
    await takeScreenshots(page, '41-team-preview');
    await submitForm(page);
    await takePullRequest(page, /Create team risk/, '42-team');
  });

  await test.step('namespaces, quota, queue and project are there', async () => {
    const get = (...args: string[]) =>
      kubectl('get', ...args, '--output', 'name').catch(() => '');
    for (const [type, name, namespace] of [
      ['resourcequota', 'tenant', 'risk-dev'],
      ['resourcequota', 'tenant', 'risk'],
      ['appproject', team, 'argocd'],
      ['clusterqueue', team],
    ]) {
      await expect
        .poll(() => get(type, name, ...(namespace ? ['-n', namespace] : [])), {
          timeout: 120_000,
        })
        .toContain(name);
    }
  });

  await test.step('request a service of the team', async () => {
    // The catalog reads the title of the team later than the portal its name.
    await expect(async () => {
      await page.goto('/create/templates/default/ml-service');
      await page.getByRole('button', { name: /Team$/ }).click();
      await page
        .getByRole('option', { name: /^risk$/i })
        .click({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await page.getByLabel(/^Name/).fill('credit-score');
    await page.getByLabel(/^Description/).fill('Scores credit');
    await nextPage(page);
    await page.getByLabel(/^Image/).fill('ghcr.io/mlflow/mlflow:v2.20.3');
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Create ML service credit-score/, '43-service');
    await expect(() =>
      kubectl(
        'wait',
        'deployment/credit-score',
        '--namespace',
        'risk-dev',
        '--for=condition=Available',
        '--timeout=60s',
      ),
    ).toPass({ timeout: 120_000 });
  });

  await test.step('its page changes it', async () => {
    await page.goto(`/catalog/default/system/${team}`);
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await expect(page.getByText('This changes the team risk.')).toBeVisible();
    await takeScreenshots(page, '44-team-change');
  });
});
