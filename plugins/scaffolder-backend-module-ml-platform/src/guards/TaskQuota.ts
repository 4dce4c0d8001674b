import { TooManyRequestsError } from '@internal/plugin-ml-platform-node';
import type { Response } from 'express';

/** Half of the tasks that the scaffolder runs at once by default (`scaffolder.concurrentTasksLimit`). */
const TASKS_PER_CALLER = 5;
const RETRY_AFTER_SECONDS = 10;

/** Limits the waiting and running scaffolder tasks of one caller, so that their tasks do not block everybody else's. */
export class TaskQuota {
  readonly #unfinished: (caller: string) => Promise<number>;
  /** Requests of a caller that create a task or wait to, the last one's end of each. */
  readonly #requests = new Map<string, { count: number; end: Promise<void> }>();

  /** @param unfinished - counts the tasks of a caller that have not finished */
  constructor(unfinished: (caller: string) => Promise<number>) {
    this.#unfinished = unfinished;
  }

  /**
   * Waits until no other request of the caller creates a task, so that all of them are counted, and takes the place of one.
   *
   * @param caller - entity reference of a person, or subject of a service.
   * @param response - gets the header `Retry-After` with a refusal.
   * @returns a function to call when the request has ended.
   * @throws TooManyRequestsError
   */
  async reserve(caller: string, response: Response): Promise<() => void> {
    try {
      return await this.#reserve(caller);
    } catch (error) {
      if (error instanceof TooManyRequestsError) {
        response.setHeader('Retry-After', error.retryAfterSeconds);
      }
      throw error;
    }
  }

  async #reserve(caller: string): Promise<() => void> {
    const { count, end: before } = this.#requests.get(caller) ?? {
      count: 0,
      end: Promise.resolve(),
    };
    if (count > TASKS_PER_CALLER) {
      throw quotaExceeded();
    }
    let release = () => {};
    const end = new Promise<void>(resolve => {
      release = resolve;
    });
    this.#requests.set(caller, { count: count + 1, end });
    void end.then(() => this.#leave(caller));
    await before;
    try {
      if ((await this.#unfinished(caller)) >= TASKS_PER_CALLER) {
        throw quotaExceeded();
      }
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  #leave(caller: string): void {
    const requests = this.#requests.get(caller);
    if (requests && requests.count > 1) {
      this.#requests.set(caller, { ...requests, count: requests.count - 1 });
    } else {
      this.#requests.delete(caller);
    }
  }
}

function quotaExceeded(): TooManyRequestsError {
  return new TooManyRequestsError(
    `You have ${TASKS_PER_CALLER} tasks that have not finished. Wait until one of them has, then try again.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
