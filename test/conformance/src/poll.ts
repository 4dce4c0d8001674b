import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks until there is something to see.
 *
 * @throws an error that names what was waited for.
 */
export async function poll<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${seconds} s in vain for ${what}`);
    }
    await sleep(100);
  }
}
