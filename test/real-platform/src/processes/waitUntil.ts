import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until it works, or until the signal says that it never will.
 *
 * @throws an error with what went wrong last, after the given time.
 */
export async function waitUntil(
  what: string,
  attempt: () => Promise<unknown>,
  { seconds = 60, signal }: { seconds?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`${what} is not ready after ${seconds} s: ${error}`);
      }
      await sleep(100, undefined, { signal });
    }
  }
}

/** Throws unless the address answers with success. */
export async function expectAnswer(
  url: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const response = await fetch(url, {
    headers,
    signal: AbortSignal.timeout(5000),
  });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status}`);
  }
}
