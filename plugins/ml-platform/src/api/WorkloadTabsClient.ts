import {
  runsSchema,
  workloadObjectsSchema,
  type Runs,
  type RunsQuery,
  type WorkloadObjects,
} from '@internal/plugin-ml-platform-common';
import {
  parse,
  path,
  withQuery,
  type BackendConnection,
} from './BackendConnection';
import type { WorkloadTarget } from './targets';

/** Client of the routes that the tabs with the pods and the runs of a workload read, acting as the signed-in user. */
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

  async getRuns(team: string, query: Partial<RunsQuery>): Promise<Runs> {
    const url = withQuery(path`/teams/${team}/runs`, query);
    return parse(runsSchema, await this.#connection.json(url));
  }
}
