import { expect, test } from '@playwright/test';
import { kubectl } from './kubectl';
import { nextPage, signIn, submitForm, takePullRequest } from './portal';
import { takeScreenshots } from './takeScreenshots';

const team = 'app-ml-team';
const name = 'price-model';
const page1 = `/catalog/default/component/${name}`;

test('an ML engineer trains a model, runs it again with another parameter, cancels a run and removes the job', async ({
  page,
}) => {
  const job = (run: string, ...args: string[]) =>
    kubectl('get', `job/${run}`, '--namespace', `${team}-dev`, ...args);

  await signIn(page, /ML engineer/);
  await test.step('create', async () => {
    await page.goto('/create/templates/default/training-job');
    await page.getByLabel(/^Name/).fill(name);
    await page.getByLabel(/^Description/).fill('Predicts prices');
    await page.getByLabel(/^Image/).fill('docker.io/acme/price-model:1.0.0');
    await takeScreenshots(page, '40-training-job');
    await nextPage(page);
    await page.getByRole('button', { name: /Add/ }).nth(1).click();
    await page.getByLabel(/^Name/).fill('learning-rate');
    await page.getByLabel(/^Value/).fill('0.1');
    await takeScreenshots(page, '41-training-job-values');
    const gpus = page.getByLabel(/^GPUs/);
    await gpus.fill('8');
    await nextPage(page);
    await expect(page.getByText(/the queue can never grant/)).toBeVisible({
      timeout: 120_000,
    });
    await expect(page.getByText(/Change the field “GPUs”/)).toBeVisible();
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await expect(page.getByText(/You can't submit yet/).first()).toBeVisible();
    await takeScreenshots(page, '41-training-job-too-large');
    await page.getByText('How it trains', { exact: true }).click();
    await gpus.fill('1');
    await nextPage(page);
    await expect(page.getByText(`runs/dev/${name}-1.yaml`).first()).toBeVisible(
      { timeout: 120_000 },
    );
    await takeScreenshots(page, '42-training-job-preview');
    await submitForm(page);
    await takePullRequest(page, /Create training job price-model/, '43');
  });
  await test.step('the first run succeeds', async () => {
    await expect(async () => {
      await page.goto(page1);
      await expect(page.getByText(`${name}-1`).first()).toBeVisible({
        timeout: 5_000,
      });
    }).toPass({ timeout: 120_000 });
    await expect(page.getByText('Succeeded').first()).toBeVisible({
      timeout: 60_000,
    });
    await takeScreenshots(page, '44-first-run');
  });

  await test.step('run again with another parameter', async () => {
    await page.getByRole('button', { name: `Change ${name}-1` }).click();
    await takeScreenshots(page, '45-run-menu');
    await page.getByRole('menuitem', { name: /^Run again/ }).click();
    await expect(page.getByLabel(/^Name of the run/)).toHaveValue(`${name}-2`);
    await takeScreenshots(page, '46-run-form');
    await nextPage(page);
    await page
      .getByLabel(/^Value/)
      .first()
      .fill('0.01');
    await takeScreenshots(page, '47-run-form-values');
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Run price-model-2 in dev/, '48');
    await expect
      .poll(
        () => job(`${name}-2`, '--output=jsonpath={..args[0]}').catch(() => ''),
        { timeout: 120_000 },
      )
      .toBe('--learning-rate=0.01');
    await page.goto(page1);
    await expect(page.getByText(`${name}-2`).first()).toBeVisible();
    await takeScreenshots(page, '49-second-run');
  });

  await test.step('cancel', async () => {
    await page.goto(
      `/create/templates/default/cancel-run?formData=${encodeURIComponent(
        JSON.stringify({ team, name, environment: 'dev', run: `${name}-2` }),
      )}`,
    );
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Cancel price-model-2 in dev/, '50');
    await kubectl(
      'wait',
      `job/${name}-2`,
      '--namespace',
      `${team}-dev`,
      '--for=delete',
      '--timeout=120s',
    );
    // The other run is left alone.
    await job(`${name}-1`);
  });

  await test.step('remove', async () => {
    await page.goto(page1);
    await page.getByRole('button', { name: 'Change dev' }).click();
    await page.getByRole('menuitem', { name: /^Remove/ }).click();
    await nextPage(page);
    await nextPage(page);
    await submitForm(page);
    await takePullRequest(page, /Remove training job price-model/, '51');
    await kubectl(
      'wait',
      `job/${name}-1`,
      '--namespace',
      `${team}-dev`,
      '--for=delete',
      '--timeout=120s',
    );
  });
});
