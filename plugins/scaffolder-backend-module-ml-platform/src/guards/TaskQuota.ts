import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { TooManyRequestsError } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

/** Half of the tasks that the scaffolder runs at once by default (`scaffolder.concurrentTasksLimit`). */
const TASKS_PER_PERSON = 5;
const RETRY_AFTER_SECONDS = 10;

const taskListSchema = z.object({ totalTasks: z.number() });

interface TaskQuotaOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/** Limits the waiting and running scaffolder tasks of one person, so that one person's tasks do not block everybody else's. */
export class TaskQuota {
  readonly #options: TaskQuotaOptions;
  /** Requests of a person that create a task or wait to, the last one's end of each. */
  readonly #requests = new Map<string, { count: number; end: Promise<void> }>();

  constructor(options: TaskQuotaOptions) {
    this.#options = options;
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
    const { auth, discovery } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const query = new URLSearchParams([
      ['createdBy', person],
      ['status', 'open'],
      ['status', 'processing'],
      ['limit', '1'],
    ]);
    const response = await fetch(
      `${await discovery.getBaseUrl('scaffolder')}/v2/tasks?${query}`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
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
