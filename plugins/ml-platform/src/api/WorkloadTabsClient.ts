import {
  runsSchema,
  workloadObjectsSchema,
  workloadStatesSchema,
  type Runs,
  type RunsQuery,
  type WorkloadObjects,
  type WorkloadStates,
} from '@internal/plugin-ml-platform-common';
import {
  parse,
  path,
  withQuery,
  type BackendConnection,
} from './BackendConnection';
import type { WorkloadTarget } from './targets';

/** Client of the routes that the catalog's list and the tabs with the pods and the runs of a workload read, acting as the signed-in user. */
export class WorkloadTabsClient {
  readonly #connection: BackendConnection;

  constructor(connection: BackendConnection) {
    this.#connection = connection;
  }

  /** Gets the controllers and pods of a workload in one environment. */
  async getObjects(
    { team, workload }: WorkloadTarget,
    query: { environment: string },
  ): Promise<WorkloadObjects> {
    const url = withQuery(
      path`/teams/${team}/workloads/${workload}/objects`,
      query,
    );
    return parse(workloadObjectsSchema, await this.#connection.json(url));
  }

  /** Gets the states of workloads, each given as `<team>/<workload>`; those that the user may not see are left out. */
  async getStates(workloads: string[]): Promise<WorkloadStates> {
    const url = withQuery('/workloads', { workloads: workloads.join(',') });
    return parse(workloadStatesSchema, await this.#connection.json(url));
  }

  async getRuns(team: string, query: Partial<RunsQuery>): Promise<Runs> {
    const url = withQuery(path`/teams/${team}/runs`, query);
    return parse(runsSchema, await this.#connection.json(url));
  }
}
