import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';
import { cloneAndRead, listAuthors } from './platformRepository';
import { signIn, takePullRequest } from './portal';
import { takeScreenshots } from './takeScreenshots';

const name = 'fraud-scorer';
const team = 'app-ml-team';
const image = 'ghcr.io/mlflow/mlflow:v2.20.3';
const directory = `infra/gitops/workloads/${team}/${name}`;

test.describe.configure({ mode: 'serial' });

test('an ML engineer deploys a service with the form', async ({ page }) => {
  const pageErrors: string[] = [];
  page.on('pageerror', error => pageErrors.push(error.message));

  await page.goto('/');
  await expect(
    page.getByRole('button', { name: /Security engineer/ }),
  ).toBeVisible();
  await takeScreenshots(page, '01-sign-in');
  await signIn(page, /ML engineer/);
  await expect(page.getByText('app-ml-team').first()).toBeVisible();
  await takeScreenshots(page, '02-home');

  await page.getByRole('link', { name: 'Create an ML service' }).click();
  await page.getByLabel(/^Name/).fill('ml-backend');
  await expect(page.getByText(/is taken|already/i).first()).toBeVisible();
  await takeScreenshots(page, '03-form-name-taken');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('Scores card payments');
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel(/^Image/).fill('ghcr.io/mlflow/mlflow:latest');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(
    page.getByText(/"latest" changes under a running service/).first(),
  ).toBeVisible();
  await page.getByLabel(/^Image/).fill(image);
  await page
    .getByLabel(/^Model location/)
    .fill('s3://models-app-ml-team/fraud/1.4.2');
  await takeScreenshots(page, '04-form-runtime');
  await page.getByRole('button', { name: 'Next' }).click();

  await expect(page.getByText('Ready to submit')).toBeVisible({
    timeout: 120_000,
  });
  await expect(
    page.getByText(`${directory}/overlays/dev/base/deployment.yaml`),
  ).toBeVisible();
  await takeScreenshots(page, '05-preview');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await takeScreenshots(page, '06-review');
  await page.getByRole('button', { name: 'Create' }).click();

  await takePullRequest(page, new RegExp(`Create ML service ${name}`), '07');

  await test.step('the service appears in the catalog', async () => {
    await expect(async () => {
      await page.goto(`/catalog/default/component/${name}`);
      await expect(
        page.getByRole('heading', { name: 'State', exact: true }),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 120_000 });
  });
  await expect(page.getByText('Healthy').first()).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByText('Critical').first()).toBeVisible();
  // The catalog graph.
  await expect(
    page.getByRole('link', { name: new RegExp(`^${name}`) }).first(),
  ).toBeVisible();
  await page.waitForTimeout(1_000);
  await takeScreenshots(page, '10-component');

  await page.goto(`/catalog/default/component/${name}/findings`);
  await expect(page.getByText('CVE-2023-45853')).toBeVisible();
  await takeScreenshots(page, '11-findings');

  await page.goto(`/catalog/default/component/${name}/kubernetes`);
  await page.getByRole('button', { name: /^Sandbox/ }).click();
  await page
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await page
    .getByRole('button', { name: new RegExp(`^${name}-[a-z0-9]+-`) })
    .first()
    .click();
  await takeScreenshots(page, '12-kubernetes-pod');
  await page.getByRole('button', { name: 'Logs' }).click();
  await expect(
    page.getByText(/simulated output of the sandbox/).first(),
  ).toBeVisible();
  await takeScreenshots(page, '13-kubernetes-logs');

  await page.goto(`/catalog/default/component/${name}/argocd`);
  await expect(page.getByText(`${team}--${name}--dev`).first()).toBeVisible();
  await takeScreenshots(page, '13-argo-cd');

  await test.step('kubectl and Git show the same', async () => {
    await kubectl(
      'wait',
      `deployment/${name}`,
      '--namespace',
      `${team}-dev`,
      '--for=condition=Available',
      '--timeout=120s',
    );
    const applications = await kubectl(
      'get',
      'applications.argoproj.io',
      '-A',
      '-o',
      'jsonpath={range .items[*]}{.metadata.name} {.status.sync.status} {.status.health.status}{"\\n"}{end}',
    );
    expect(applications).toContain(`${team}--${name}--dev Synced Healthy`);
    expect(applications).not.toContain(`${team}--${name}--staging`);
    const clone = mkdtempSync(join(tmpdir(), 'platform-'));
    try {
      const file = `${directory}/overlays/dev/image.yaml`;
      expect(await cloneAndRead(clone, file)).toContain(image);
      expect(await listAuthors(clone, file)).toContain(
        'ML engineer <ml-engineer@example.com>',
      );
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
  expect(pageErrors).toEqual([]);
});

test('training runs and scheduled jobs show their state and logs', async ({
  page,
}) => {
  await signIn(page, /ML engineer/);
  await page.goto('/catalog/default/component/churn-training');
  await expect(
    page.getByText('churn-training-20261120-1').first(),
  ).toBeVisible();
  await takeScreenshots(page, '14-training');
  await page.goto('/catalog/default/component/feature-refresh');
  await expect(page.getByText('*/5 * * * *').first()).toBeVisible();
  await expect(page.getByText(/not scanned: no report/i).first()).toBeVisible();
  await takeScreenshots(page, '15-cronjob');
});

test('another team sees the component in the catalog, but not its workloads', async ({
  page,
}) => {
  await signIn(page, /Data engineer/);
  await page.goto('/catalog/default/component/ml-backend');
  await expect(
    page.getByRole('heading', { name: 'State', exact: true }),
  ).toBeVisible();
  await expect(page.getByText('Healthy')).toHaveCount(0);
  await expect(page.getByText('CVE-', { exact: false })).toHaveCount(0);
  await takeScreenshots(page, '16-other-team');
});

test('the other pages of the portal work with sandbox data', async ({
  page,
}) => {
  const signals = page.waitForEvent('websocket', socket =>
    socket.url().includes('/api/signals'),
  );
  await signIn(page, /Platform engineer/);
  // It delivers new notifications.
  await signals;
  for (const [path, expectedText, screenshotName] of [
    ['/catalog', 'ml-backend', '17-catalog'],
    ['/api-docs', 'ml-backend-api', '18-apis'],
    ['/catalog/default/api/ml-backend-api/definition', '/health', '19-api'],
    ['/catalog/default/group/app-ml-team', 'ML engineer', '20-team'],
    [
      '/catalog-graph?rootEntityRefs[]=component:default/ml-backend',
      'ml-backend-api',
      '21-graph',
    ],
    ['/search?query=ml-backend', 'ml-backend', '22-search'],
    ['/settings', 'Platform engineer', '23-settings'],
    [
      '/notifications',
      `${name} of ${team} waits for review`,
      '24-notifications',
    ],
    ['/docs', 'Owned', '25-docs'],
  ]) {
    await test.step(path, async () => {
      await page.goto(path);
      await expect(page.getByText(expectedText).first()).toBeVisible();
      await takeScreenshots(page, screenshotName);
    });
  }
});
