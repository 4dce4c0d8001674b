import type { Page } from '@playwright/test';

const directory = 'e2e/screenshots';

/** Photographs the page in light and in dark, for people to look at; Git ignores the folder. */
export async function picture(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    // The app follows the system's scheme one frame later.
    await page.waitForTimeout(300);
    await page.screenshot({
      path: `${directory}/${name}-${scheme}.png`,
      fullPage: true,
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
