import type {
  Environment,
  JobSummary,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { QueuePosition } from './health/queueReason';
import { environmentState } from './environmentState';
import {
  NamespaceWorkloads,
  type NamespaceWorkload,
} from './NamespaceWorkloads';
import { QueuePositions } from './QueuePositions';
import {
  TeamApplications,
  type ApplicationsByWorkload,
  type DeployedApplication,
} from './TeamApplications';
import { TeamNamespaces } from './TeamNamespaces';

export interface WorkloadState {
  environments: WorkloadEnvironment[];
  jobs: JobSummary[];
  /** What Argo CD deployed, by environment. */
  applications: Map<string, DeployedApplication>;
}

/** What a team has in one environment. */
interface TeamNamespace {
  environment: Environment;
  namespace: string | undefined;
  workloads: ReadonlyMap<string, NamespaceWorkload>;
  positions: ReadonlyMap<string, QueuePosition>;
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * The workloads of each team, by name, put together from the views. As long as those give the same values, so does
 * this: values of views are never changed, they are replaced.
 */
export class TeamStates {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
    namespaceWorkloads?: NamespaceWorkloads;
  }): TeamStates {
    return new TeamStates(options);
  }

  readonly #environments: Environment[];
  readonly #namespaces: TeamNamespaces;
  readonly #applications: TeamApplications;
  readonly #workloads: NamespaceWorkloads;
  readonly #positions: QueuePositions;
  readonly #made = new Map<
    string,
    { inputs: unknown[]; states: Map<string, WorkloadState> }
  >();

  private constructor({
    store,
    config,
    namespaceWorkloads = NamespaceWorkloads.create({ store }),
  }: Parameters<typeof TeamStates.create>[0]) {
    this.#environments = config.environments;
    this.#namespaces = TeamNamespaces.create({ store });
    this.#applications = TeamApplications.create({ store });
    this.#workloads = namespaceWorkloads;
    this.#positions = QueuePositions.create({ store });
  }

  /** Teams that have a namespace in an environment, by name. */
  async teams(): Promise<string[]> {
    const clusters = new Set(this.#environments.map(({ cluster }) => cluster));
    const names = await Promise.all(
      [...clusters].map(async cluster => [
        ...(await this.#namespaces.get(cluster)).keys(),
      ]),
    );
    return [...new Set(names.flat())].sort((a, b) => a.localeCompare(b));
  }

  /** Nobody may change what this returns. */
  async get(team: string): Promise<ReadonlyMap<string, WorkloadState>> {
    const [applications, places] = await Promise.all([
      this.#applications.get(team),
      Promise.all(
        this.#environments.map(environment => this.#place(team, environment)),
      ),
    ]);
    const inputs = [
      applications,
      ...places.flatMap(({ namespace, workloads, positions }) => [
        namespace,
        workloads,
        positions,
      ]),
    ];
    const made = this.#made.get(team);
    if (
      made?.inputs.length === inputs.length &&
      made.inputs.every((input, index) => input === inputs[index])
    ) {
      return made.states;
    }
    const states = putTogether(team, applications, places);
    if (states.size > 0) {
      this.#made.set(team, { inputs, states });
    } else {
      this.#made.delete(team);
    }
    return states;
  }

  async #place(team: string, environment: Environment): Promise<TeamNamespace> {
    const { cluster, name } = environment;
    const namespaces = await this.#namespaces.get(cluster);
    const namespace = namespaces.get(team)?.get(name);
    if (namespace === undefined) {
      return {
        environment,
        namespace,
        workloads: NOTHING,
        positions: NOTHING,
      };
    }
    const workloads = await this.#workloads.get(cluster, namespace);
    return {
      environment,
      namespace,
      workloads,
      // A queue that nothing here waits in changes nothing here.
      positions: [...workloads.values()].some(isQueued)
        ? await this.#positions.get(cluster)
        : NOTHING,
    };
  }
}

function isQueued({ service, jobs }: NamespaceWorkload): boolean {
  return service.queued.length > 0 || jobs.some(({ queued }) => queued);
}

function putTogether(
  team: string,
  applications: ApplicationsByWorkload,
  places: TeamNamespace[],
): Map<string, WorkloadState> {
  const names = new Set([
    ...applications.keys(),
    ...places.flatMap(({ workloads }) => [...workloads.keys()]),
  ]);
  return new Map(
    [...names]
      .sort((a, b) => a.localeCompare(b))
      .map(workload => {
        const ofWorkload = applications.get(workload) ?? new Map();
        const states = places.map(
          ({ environment, namespace, workloads, positions }) =>
            environmentState({
              team,
              environment,
              namespace,
              objects: workloads.get(workload),
              application: ofWorkload.get(environment.name),
              positions,
            }),
        );
        return [
          workload,
          {
            environments: states.map(({ summary }) => summary),
            jobs: states.flatMap(({ jobs }) => jobs),
            applications: ofWorkload,
          },
        ];
      }),
  );
}
