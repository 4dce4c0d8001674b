import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';
import { nextPage, signIn, submitForm, takePullRequest } from './portal';
import { takeScreenshots } from './takeScreenshots';

const team = 'app-ml-team';
/** A workload that the template made, in every environment. */
const name = 'feature-api';
const IMAGE = 'docker.io/hashicorp/http-echo:1.0.0';
const OTHER_IMAGE = 'ghcr.io/mlflow/mlflow:v2.20.3';
const PORT = '.spec.template.spec.containers[0].ports[0].containerPort';
const CONTAINER_IMAGE = '.spec.template.spec.containers[0].image';

test('an ML engineer edits, promotes, rolls back and removes a service, and sets its image', async ({
  page,
}) => {
  await signIn(page, /ML engineer/);
  const change = async (environment: string, item: RegExp) => {
    await page.goto(`/catalog/default/component/${name}`);
    await page.getByRole('button', { name: `Change ${environment}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const deployed = (environment: string, path: string) =>
    kubectl(
      'get',
      `deployment/${name}`,
      '--namespace',
      `${team}-${environment}`,
      '--output',
      `jsonpath={${path}}`,
    );

  await test.step('edit', async () => {
    await change('dev', /^Edit/);
    await expect(page.getByText(/changes feature-api/).first()).toBeVisible();
    await takeScreenshots(page, '26-edit');
    await nextPage(page);
    await page.getByLabel(/^Port/).fill('5680');
    await nextPage(page);
    await expect(page.getByText('containerPort: 5680').first()).toBeVisible({
      timeout: 120_000,
    });
    await takeScreenshots(page, '27-edit-preview');
    await submitForm(page);
    await takePullRequest(page, /Edit ML service feature-api/, '28-edit');
    await expect
      .poll(() => deployed('dev', PORT), { timeout: 120_000 })
      .toBe('5680');
  });

  await test.step('promote', async () => {
    await change('dev', /^Promote to staging/);
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Promote feature-api/, '29-promote');
    await expect
      .poll(() => deployed('staging', PORT), { timeout: 120_000 })
      .toBe('5680');
  });

  await test.step('set the image', async () => {
    await change('dev', /^Set image/);
    await page.getByLabel(/^Image/).fill(OTHER_IMAGE);
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Set the image of feature-api/, '30-image');
    await expect
      .poll(() => deployed('dev', CONTAINER_IMAGE), {
        timeout: 120_000,
      })
      .toBe(OTHER_IMAGE);
  });

  await test.step('roll back', async () => {
    await change('dev', /^Roll back/);
    await page.getByRole('button', { name: /Deployment/ }).click();
    await takeScreenshots(page, '31-deployments');
    await page.getByRole('option', { name: /Edit ML service/ }).click();
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Roll feature-api back/, '32-roll-back');
    await expect
      .poll(() => deployed('dev', CONTAINER_IMAGE), {
        timeout: 120_000,
      })
      .toBe(IMAGE);
  });

  await test.step('remove', async () => {
    await change('uat', /^Remove/);
    await expect(page.getByText(/removes feature-api/).first()).toBeVisible();
    await takeScreenshots(page, '33-remove');
    await nextPage(page);
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Remove ML service feature-api/, '34-remove');
    await kubectl(
      'wait',
      `deployment/${name}`,
      '--namespace',
      `${team}-uat`,
      '--for=delete',
      '--timeout=120s',
    );
  });
});
