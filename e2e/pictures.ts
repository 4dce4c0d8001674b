import type { Page } from '@playwright/test';

const directory = 'e2e/screenshots';

/** Takes screenshots of a page in the light and the dark theme. Git ignores their directory. */
export async function picture(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    // The app applies the color scheme one frame later.
    await page.waitForTimeout(300);
    await page.screenshot({
      path: `${directory}/${name}-${scheme}.png`,
      fullPage: true,
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
