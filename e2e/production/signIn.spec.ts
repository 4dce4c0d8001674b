import { expect, test, type Page } from '@playwright/test';
import { addressOf } from './addresses';

/** Signs in at the company's provider, in the window that the portal opens. */
async function signIn(page: Page, account: string) {
  await page.goto('/');
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign In' }).click();
  const provider = await opened;
  await provider.getByPlaceholder('Enter any login').fill(account);
  await provider.getByPlaceholder('and password').fill('any');
  await provider.getByRole('button', { name: 'Sign-in' }).click();
  const closed = provider.waitForEvent('close');
  await provider.getByRole('button', { name: 'Continue' }).click();
  await closed;
}

/** The status with which the portal answers the page itself, with its cookies. */
function statusOf(page: Page, path: string): Promise<number> {
  return page.evaluate(async url => {
    const response = await fetch(url, {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      redirect: 'manual',
    });
    return response.status;
  }, path);
}

/** Messages of the browser about code and connections that the content security policy refuses. */
function collectViolations(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', message => {
    if (/content security policy/i.test(message.text())) {
      violations.push(message.text());
    }
  });
  return violations;
}

test('signs in a user of the catalog, for whom pages and forms work within the content security policy', async ({
  page,
}) => {
  const violations = collectViolations(page);
  await signIn(page, 'engineer');
  await expect(page.getByRole('link', { name: 'Catalog' })).toBeVisible();

  await page.getByRole('link', { name: 'Create an ML service' }).click();
  await page.getByLabel(/^Name/).fill('fraud-scorer');
  await page.getByLabel(/^Description/).fill('Scores card payments');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel(/^Image/)).toBeVisible();

  // The session survives: it is in a cookie that scripts cannot read.
  await page.goto('/catalog');
  await expect(page.getByText('ml-backend').first()).toBeVisible();
  expect(violations).toEqual([]);
});

test('gives cookies to this origin over HTTPS only, and keeps tokens from scripts', async ({
  page,
}) => {
  await signIn(page, 'engineer');
  await expect(page.getByRole('link', { name: 'Catalog' })).toBeVisible();
  const cookies = await page
    .context()
    .cookies(`${addressOf('portal')}/api/auth/oidc`);
  expect(cookies.map(({ name }) => name)).toContain('oidc-refresh-token');
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true });
  }
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

for (const [account, reason] of [
  ['stranger', /unable to resolve user identity/],
  ['impostor', /does not contain an email/],
] as const) {
  test(`refuses ${account}, whom the provider knows and the catalog does not`, async ({
    page,
  }) => {
    await signIn(page, account);
    await expect(page.getByText(reason).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Catalog' })).toBeHidden();
    expect(await statusOf(page, '/api/auth/oidc/refresh?env=production')).toBe(
      401,
    );
    expect(await statusOf(page, '/api/catalog/entities')).toBe(401);
  });
}

test('has no other way in', async ({ page }) => {
  await page.goto('/');
  await expect(
    page.getByText('Sign in with your company account'),
  ).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(1);

  for (const provider of ['sandbox', 'guest', 'github']) {
    for (const path of [
      'start?env=production',
      'refresh?persona=ml-engineer',
      'refresh?env=production',
    ]) {
      const url = `/api/auth/${provider}/${path}`;
      expect(await statusOf(page, url), url).toBe(404);
    }
  }
  for (const path of ['/api/catalog/entities', '/api/ml-platform/requests']) {
    expect(await statusOf(page, path), path).toBe(401);
  }
});

test('sends headers that leave foreign pages and code out', async ({
  page,
}) => {
  const headers = (await page.goto('/'))?.headers() ?? {};
  expect(headers).toMatchObject({
    'strict-transport-security': expect.stringContaining('max-age='),
    'x-content-type-options': 'nosniff',
  });
  const policy = headers['content-security-policy'];
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain('upgrade-insecure-requests');
  // Forms compile their schemas; see packages/backend/src/production/csp.ts.
  expect(policy).toContain("script-src 'self' 'unsafe-eval';");
  expect(policy).not.toMatch(/http|\*/);
});
