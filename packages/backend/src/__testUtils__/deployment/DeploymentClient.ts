import {
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { Response } from 'supertest';
import type { RunningPortal } from '../RunningPortal';

export const TEAM = 'app-ml-team';
export const NAMESPACE = `${TEAM}-dev`;
export const TEMPLATE = 'template:default/ml-service';
export const ENGINEER = 'ml-engineer';
/** A persona of another team. */
export const STRANGER = 'data-engineer';

/** The routes that the pages of a workload call. */
export class DeploymentClient {
  readonly #portal: () => RunningPortal;

  constructor(portal: () => RunningPortal) {
    this.#portal = portal;
  }

  get(path: string, persona = ENGINEER) {
    return this.#portal().send(persona, 'get', path);
  }

  async workload(name: string): Promise<WorkloadSummary> {
    const response = await this.get(
      `/api/ml-platform/teams/${TEAM}/workloads/${name}`,
    );
    return workloadSummarySchema.parse(bodyOf(response));
  }

  /** Runs a template, by default that of services, and returns the result of the task. */
  async runTask(values: object, templateRef = TEMPLATE, persona = ENGINEER) {
    const tasks = '/api/scaffolder/v2/tasks';
    const created = await this.#portal().send(persona, 'post', tasks, {
      templateRef,
      values,
    });
    const { id } = bodyOf(created);
    return eventually(async () => {
      const body = bodyOf(await this.get(`${tasks}/${id}/events`, persona));
      const completion = body.find(
        ({ type }: { type: string }) => type === 'completion',
      );
      if (!completion) {
        throw new Error(`Task ${id} has not finished`);
      }
      return completion.body;
    });
  }

  /** Names of the pods in the development namespace of a component, as the Kubernetes tab shows them. */
  async podNames(component: string, persona: string): Promise<string[]> {
    const response = await this.#portal().send(
      persona,
      'post',
      '/api/kubernetes/resources/workloads/query',
      { entityRef: `component:default/${component}`, auth: {} },
    );
    return (bodyOf(response).items as ClusterObjects[])
      .flatMap(({ resources }) => resources)
      .filter(({ type }) => type === 'pods')
      .flatMap(({ resources }) => resources)
      .filter(({ metadata }) => metadata.namespace === NAMESPACE)
      .map(({ metadata }) => metadata.name);
  }

  logPath(pod: string): string {
    const { cluster } = this.#portal().target;
    return `/api/ml-platform/clusters/${cluster}/namespaces/${NAMESPACE}/pods/${pod}/logs`;
  }
}

interface ClusterObjects {
  resources: Array<{
    type: string;
    resources: Array<{ metadata: { name: string; namespace: string } }>;
  }>;
}

function bodyOf({ ok, status, text, body }: Response) {
  if (!ok) {
    throw new Error(`The portal responds with ${status}: ${text}`);
  }
  return body;
}
