import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import type { ScaffolderClient } from './ScaffolderClient';

const UNFINISHED = ['open', 'processing'];

const taskListSchema = z.object({ totalTasks: z.number() });
const taskSchema = z.object({ status: z.string() });

/** Counts the tasks of a person that have not finished, in all replicas. @param person - entity reference */
export async function countTasksOf(
  scaffolder: ScaffolderClient,
  person: string,
): Promise<number> {
  const query = new URLSearchParams([
    ['createdBy', person],
    ...UNFINISHED.map(status => ['status', status]),
    ['limit', '1'],
  ]);
  const response = await scaffolder.send(`/v2/tasks?${query}`);
  if (!response.ok) {
    throw uncountable();
  }
  return taskListSchema.parse(await response.json()).totalTasks;
}

/**
 * Tasks that services started through this replica. The scaffolder itself starts them, so that its list does not tell whose
 * they are.
 */
export class ServiceTasks {
  readonly #scaffolder: ScaffolderClient;
  /** Ids of tasks by the subject of the service; those that are known to have finished are left out. */
  readonly #tasks = new Map<string, Set<string>>();

  constructor(scaffolder: ScaffolderClient) {
    this.#scaffolder = scaffolder;
  }

  add(subject: string, task: string): void {
    const tasks = this.#tasks.get(subject) ?? new Set();
    this.#tasks.set(subject, tasks.add(task));
  }

  async count(subject: string): Promise<number> {
    const tasks = this.#tasks.get(subject) ?? new Set();
    for (const task of tasks) {
      if (!(await this.#isUnfinished(task))) {
        tasks.delete(task);
      }
    }
    return tasks.size;
  }

  async #isUnfinished(task: string): Promise<boolean> {
    const response = await this.#scaffolder.send(`/v2/tasks/${task}`);
    if (response.status === 404) {
      return false;
    }
    if (!response.ok) {
      throw uncountable();
    }
    const { status } = taskSchema.parse(await response.json());
    return UNFINISHED.includes(status);
  }
}

function uncountable(): ServiceUnavailableError {
  return new ServiceUnavailableError(
    'Your tasks cannot be counted. Try again in a minute.',
  );
}
