import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 30_000;

/** Retries an assertion until it passes. Rethrows its last error after the deadline. */
export async function eventually<T>(
  assert: () => T | Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    try {
      return await assert();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await delay(20);
    }
  }
}
