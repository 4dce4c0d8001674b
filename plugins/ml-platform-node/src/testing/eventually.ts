import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 100;

/**
 * Repeats an assertion until it no longer throws.
 *
 * @param options.seconds - deadline of a test that fails; a passing test never reaches it
 * @returns the result of the assertion
 * @throws the last error, after the deadline
 */
export async function eventually<T>(
  assert: () => T | Promise<T>,
  { seconds = 300 }: { seconds?: number } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await assert();
    } catch (error) {
      if (performance.now() > deadline) {
        throw error;
      }
      await delay(INTERVAL_MS);
    }
  }
}
