import pLimit from 'p-limit';
import type { UpstreamError } from '../../upstream';
import { toUpstreamError } from './answers';

/** More lists at once would only cost memory, and strain the API server. */
const CONCURRENT_LISTS = 3;

/** The lists of one cluster, a few at a time. */
export class ListQueue {
  static create(): ListQueue {
    return new ListQueue();
  }

  readonly #limit = pLimit(CONCURRENT_LISTS);
  #down: { error: UpstreamError; at: number } | undefined;

  private constructor() {}

  /** Those who waited while the cluster did not answer fail as well: it takes one to find out. */
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
