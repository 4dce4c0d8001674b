import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 10_000;

/** Asserts again and again until it holds; throws what it said last when it does not in time. */
export async function eventually(
  assert: () => void | Promise<void>,
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      await assert();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await delay(20);
    }
  }
}
