import type { Page } from '@playwright/test';

/** Ignored by Git. */
const DIRECTORY = 'e2e/screenshots';

/**
 * Takes full-page screenshots in the light and the dark theme.
 *
 * @param name - file name without theme and extension, for example `02-home`.
 */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    // The app applies the color scheme one frame later.
    await page.waitForTimeout(300);
    await page.screenshot({
      path: `${DIRECTORY}/${name}-${scheme}.png`,
      fullPage: true,
    });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
