import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 10_000;

/** Asserts again and again until it holds; throws what it said last when it does not in time. */
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
