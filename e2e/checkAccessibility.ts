import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

const IMPACTS = ['moderate', 'serious', 'critical'];

/** Expects no accessibility problem of weight inside the page; Backstage's own header and sidebar are not ours. */
export async function checkAccessibility(page: Page): Promise<void> {
  // Not there while the code of a page is loading.
  await expect(page.locator('main').first()).toBeVisible();
  // Backstage UI darkens the row below the pointer.
  await page.mouse.move(0, 0);
  await page.evaluate(axe.source);
  const problems = await page.evaluate(async impacts => {
    const { violations } = await (
      window as unknown as { axe: typeof axe }
    ).axe.run('main', { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impacts.includes(impact ?? ''))
      .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  }, IMPACTS);
  expect(problems).toEqual([]);
}
