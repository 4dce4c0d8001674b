import { setTimeout } from 'node:timers/promises';
import { Problem } from '../setup/problem.mjs';

/**
 * Waits until a URL has the expected response.
 *
 * @param {string} url
 * @param {{ what: string, seconds: number, headers?: Record<string, string>, isReady: (response: Response) => boolean }} options -
 *   `what` is the name in the message after a timeout
 */
export async function waitFor(url, { what, seconds, headers, isReady }) {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    await response?.body?.cancel();
    if (response && isReady(response)) {
      return;
    }
    await setTimeout(250);
  }
  throw new Problem(
    `${what} was not ready after ${seconds} s. The logs are in .data/logs. Try again, or run "npm start -- --reset".`,
  );
}
