import { ServiceUnavailableError } from '@backstage/errors';
import { TooManyRequestsError } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import type { ScaffolderClient } from './ScaffolderClient';

/** Half of the tasks that the scaffolder runs at once by default (`scaffolder.concurrentTasksLimit`). */
const TASKS_PER_PERSON = 5;
const RETRY_AFTER_SECONDS = 10;

const taskListSchema = z.object({ totalTasks: z.number() });

/** Limits the waiting and running scaffolder tasks of one person, so that one person's tasks do not block everybody else's. */
export class TaskQuota {
  readonly #scaffolder: ScaffolderClient;
  /** Requests of a person that create a task or wait to, the last one's end of each. */
  readonly #requests = new Map<string, { count: number; end: Promise<void> }>();

  constructor(scaffolder: ScaffolderClient) {
    this.#scaffolder = scaffolder;
  }

  /**
   * Waits until no other request of the person creates a task, so that all of them are counted, and takes the place of one.
   *
   * @param person - entity reference.
   * @returns a function to call when the request has ended.
   * @throws TooManyRequestsError
   */
  async reserve(person: string): Promise<() => void> {
    const { count, end: before } = this.#requests.get(person) ?? {
      count: 0,
      end: Promise.resolve(),
    };
    if (count > TASKS_PER_PERSON) {
      throw quotaExceeded();
    }
    let release = () => {};
    const end = new Promise<void>(resolve => {
      release = resolve;
    });
    this.#requests.set(person, { count: count + 1, end });
    void end.then(() => this.#leave(person));
    await before;
    try {
      if ((await this.#unfinished(person)) >= TASKS_PER_PERSON) {
        throw quotaExceeded();
      }
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  #leave(person: string): void {
    const requests = this.#requests.get(person);
    if (requests && requests.count > 1) {
      this.#requests.set(person, { ...requests, count: requests.count - 1 });
    } else {
      this.#requests.delete(person);
    }
  }

  async #unfinished(person: string): Promise<number> {
    const query = new URLSearchParams([
      ['createdBy', person],
      ['status', 'open'],
      ['status', 'processing'],
      ['limit', '1'],
    ]);
    const response = await this.#scaffolder.send(`/v2/tasks?${query}`);
    if (!response.ok) {
      throw new ServiceUnavailableError(
        'Your tasks cannot be counted. Try again in a minute.',
      );
    }
    return taskListSchema.parse(await response.json()).totalTasks;
  }
}

function quotaExceeded(): TooManyRequestsError {
  return new TooManyRequestsError(
    `You have ${TASKS_PER_PERSON} tasks that have not finished. Wait until one of them has, then try again.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
}
