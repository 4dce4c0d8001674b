import { expect, type Page } from '@playwright/test';
import { takeScreenshots } from './takeScreenshots';

/** Signs in as one of the sandbox's people. */
export async function signIn(page: Page, persona: RegExp) {
  await page.goto('/');
  await page.getByRole('button', { name: persona }).click();
  await expect(page.getByRole('link', { name: 'Catalog' })).toBeVisible();
}

/** Goes to the next page of a template's form. */
export function nextPage(page: Page) {
  return page.getByRole('button', { name: 'Next', exact: true }).click();
}

/** Waits for a preview that passes, on the last page of a form, and requests the change. */
export async function submitForm(page: Page) {
  await expect(page.getByText('Ready to submit')).toBeVisible({
    timeout: 120_000,
  });
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

/** Opens the pull request of a finished task, and merges it. */
export async function takePullRequest(
  page: Page,
  title: RegExp,
  screenshot: string,
) {
  const pullRequest = page.getByRole('link', { name: /^Pull request ,/ });
  await expect(pullRequest).toBeVisible({ timeout: 120_000 });
  await takeScreenshots(page, `${screenshot}-task`);
  const forge = await page.context().newPage();
  await forge.goto((await pullRequest.getAttribute('href')) ?? '');
  await expect(forge.getByRole('heading', { name: title })).toBeVisible();
  await takeScreenshots(forge, `${screenshot}-pull-request`);
  await forge.getByRole('button', { name: 'Merge pull request' }).click();
  await expect(forge.getByText('Merged').first()).toBeVisible();
  await forge.close();
}
