import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { RunningPortal } from '../RunningPortal';

const TASKS = '/api/scaffolder/v2/tasks';

interface TaskResult {
  error?: { message: string };
  output?: { pullRequest?: { number: number } };
}

/** Creates services with tasks of a portal, each as a persona. */
export class TaskClient {
  readonly #portal: RunningPortal;

  constructor(portal: RunningPortal) {
    this.#portal = portal;
  }

  /** @returns the id of the task. */
  async create(persona: string, name: string): Promise<string> {
    // The catalog reads the templates soon after the start.
    return eventually(async () => {
      const created = await this.#portal.send(persona, 'post', TASKS, {
        templateRef: 'template:default/ml-service',
        values: {
          team: persona === 'data-engineer' ? 'app-data-team' : 'app-ml-team',
          name,
          description: 'Is killed.',
          image: 'ghcr.io/acme/killed:1.0.0',
          port: 8080,
          size: 'small',
        },
      });
      if (created.status !== 201) {
        throw new Error(`No task: ${created.text}`);
      }
      return created.body.id;
    });
  }

  /** Waits for the end of a task. */
  async result(persona: string, id: string): Promise<TaskResult> {
    return eventually(async () => {
      const path = `${TASKS}/${id}`;
      const { body } = await this.#portal.send(persona, 'get', path);
      if (!['completed', 'failed'].includes(body.status)) {
        throw new Error(`Task ${id} is ${body.status}`);
      }
      const events = await this.#portal.send(persona, 'get', `${path}/events`);
      return events.body.find(
        ({ type }: { type: string }) => type === 'completion',
      ).body;
    });
  }
}
