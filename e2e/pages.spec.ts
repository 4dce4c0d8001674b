import { expect, test } from '@playwright/test';
import { checkAccessibility } from './checkAccessibility';
import { kubectl } from './kubectl';
import { nextPage, signIn, submitForm, takePullRequest } from './portal';
import { takeScreenshots } from './takeScreenshots';

const NEW_IMAGE = 'ghcr.io/mlflow/mlflow:v2.21.0';

test('an ML engineer finds a vulnerability, requests its fix, and follows it until it is healthy', async ({
  page,
}) => {
  await signIn(page, /ML engineer/);
  await test.step('the catalog', async () => {
    await page.goto('/catalog?filters[user]=all');
    const row = (name: string) => page.getByRole('row', { name });
    await expect(row('ml-backend')).toContainText('Healthy');
    await expect(row('ml-backend')).toContainText(/\d critical/);
    await expect(row('data-api')).toContainText('Only for its team');
    await takeScreenshots(page, '39-catalog');
  });

  await test.step('security', async () => {
    await page.getByRole('link', { name: 'Security', exact: true }).click();
    await expect(page.getByText(/images in use have no report/)).toBeVisible();
    await page.getByRole('button', { name: 'CVE-2025-6965' }).click();
    await expect(
      page.getByRole('link', { name: /^Set image of ml-backend/ }).first(),
    ).toBeVisible();
    await checkAccessibility(page);
    await takeScreenshots(page, '40-security');
    await page
      .getByRole('link', { name: 'Set image of ml-backend in uat' })
      .click();
  });

  await test.step('the form', async () => {
    await page.getByLabel(/^Image/).fill(NEW_IMAGE);
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Set the image of ml-backend/, '41');
  });

  await test.step('the request', async () => {
    await page.getByRole('link', { name: 'Requests', exact: true }).click();
    await checkAccessibility(page);
    await page
      .getByRole('link', { name: /Set the image of ml-backend/ })
      .click();
    await expect(
      page.getByText('Done: rolled out and became healthy in uat.', {
        exact: true,
      }),
    ).toBeVisible({ timeout: 120_000 });
    await checkAccessibility(page);
    await takeScreenshots(page, '42-request');
    expect(
      await kubectl(
        'get',
        'deployment/ml-backend',
        '--namespace=app-ml-team-uat',
        '--output=jsonpath={.spec.template.spec.containers[0].image}',
      ),
    ).toBe(NEW_IMAGE);
    await page.goto('/ml-platform/requests?state=any');
    await expect(
      page.getByRole('link', { name: /Set the image of ml-backend/ }),
    ).toBeVisible();
    await takeScreenshots(page, '43-requests');
  });

  await test.step('the component', async () => {
    await page.goto('/catalog/default/component/ml-backend');
    await expect(
      page
        .getByRole('region', { name: 'Last requests' })
        .getByRole('link', { name: /Set the image of ml-backend/ }),
    ).toBeVisible();
    await expect(
      page
        .getByRole('list', { name: 'Environments' })
        .getByRole('listitem')
        .filter({ hasText: 'uat' }),
    ).toContainText('v2.21.0');
    await checkAccessibility(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(300);
    await checkAccessibility(page);
    await takeScreenshots(page, '43-component');
  });

  await test.step('on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const [path, name] of [
      ['/', '44-home-390'],
      ['/ml-platform/requests?state=any', '45-requests-390'],
      ['/catalog/default/component/ml-backend', '45-component-390'],
    ]) {
      await page.goto(path);
      await expect(
        page.getByText(/Set the image of ml-backend|app-ml-team/).first(),
      ).toBeVisible();
      await takeScreenshots(page, name);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
      ).toBeLessThanOrEqual(390);
    }
  });
});

test('a platform engineer sees the state, the capacity and the cost of all teams', async ({
  page,
}) => {
  await signIn(page, /Platform engineer/);
  await page.getByRole('link', { name: 'Platform', exact: true }).click();
  await expect(page.getByRole('row', { name: /app-data-team/ })).toBeVisible();
  await checkAccessibility(page);
  await takeScreenshots(page, '46-platform');
  await page.getByRole('tab', { name: 'Capacity' }).click();
  await expect(page.getByText(/of 4 NVIDIA-A10G/)).toBeVisible();
  await checkAccessibility(page);
  await takeScreenshots(page, '47-capacity');

  await test.step('a team', async () => {
    await page.goto('/catalog/default/group/app-ml-team/environments');
    await expect(
      page.getByRole('meter', { name: 'CPU requests in dev' }),
    ).toBeVisible();
    await expect(
      page.getByRole('link', { name: 'Request more quota for dev' }),
    ).toHaveAttribute('href', /change-quota/);
    await checkAccessibility(page);
    await takeScreenshots(page, '47-team');
    // The entity of this workload is a Resource.
    await page.getByRole('link', { name: 'churn', exact: true }).click();
    await expect(page).toHaveURL(/\/catalog\/default\/resource\/churn$/);
  });

  await page.getByRole('link', { name: 'Cost', exact: true }).click();
  await page.getByRole('link', { name: 'app-ml-team' }).click();
  await expect(page).toHaveURL(/team=app-ml-team/);
  await expect(page.getByText(/app-ml-team: EUR/)).toBeVisible();
  await checkAccessibility(page);
  await takeScreenshots(page, '48-cost');
});
