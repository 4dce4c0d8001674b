import { setTimeout } from 'node:timers/promises';

/**
 * Tries until it does not throw.
 *
 * @throws what it threw last, after the given time.
 */
export async function eventually<T>(
  attempt: () => Promise<T>,
  { seconds = 60 }: { seconds?: number } = {},
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await setTimeout(250);
    }
  }
}
