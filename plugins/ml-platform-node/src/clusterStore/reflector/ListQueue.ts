import pLimit from 'p-limit';
import type { UpstreamError } from '../../upstream';
import { toUpstreamError } from './responseErrors';

/** More concurrent lists would use memory and load the API server without being faster. */
const CONCURRENT_LISTS = 3;

/** Queue that limits the concurrent lists of one cluster. */
export class ListQueue {
  readonly #limit = pLimit(CONCURRENT_LISTS);
  #down: { error: UpstreamError; at: number } | undefined;

  /** Lists that were queued while another found the cluster unreachable fail at once with the same error. */
  run<T>(list: () => Promise<T>): Promise<T> {
    const queuedAt = performance.now();
    return this.#limit(async () => {
      if (this.#down && this.#down.at > queuedAt) {
        throw this.#down.error;
      }
      try {
        return await list();
      } catch (error) {
        const failure = toUpstreamError(error);
        if (failure.kind === 'timeout' || failure.kind === 'unreachable') {
          this.#down = { error: failure, at: performance.now() };
        }
        throw error;
      }
    });
  }
}
