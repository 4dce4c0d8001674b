import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 100;
const REQUEST_MS = 30_000;

/**
 * Repeats an attempt until it no longer throws, or until the signal aborts.
 *
 * @param name - a noun phrase for the error message
 * @param options.seconds - deadline of a test that fails; a passing test never reaches it
 * @returns the result of the attempt
 */
export async function waitUntil<T>(
  name: string,
  attempt: () => Promise<T>,
  { seconds = 600, signal }: { seconds?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) {
        throw new Error(`Timed out after ${seconds} s, waiting for ${name}`, {
          cause: error,
        });
      }
      await sleep(INTERVAL_MS, undefined, { signal });
    }
  }
}

/** Throws unless the URL responds with success. */
export async function expectSuccess(
  url: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const response = await fetch(url, {
    headers,
    signal: AbortSignal.timeout(REQUEST_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`${url} responds with ${response.status}`);
  }
}
