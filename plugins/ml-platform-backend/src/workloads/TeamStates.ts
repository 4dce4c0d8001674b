import type {
  Environment,
  JobSummary,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { environmentState } from './environmentState';
import type { QueuePosition } from './health/queueReason';
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

/** State of a workload in all environments. */
export interface WorkloadState {
  environments: WorkloadEnvironment[];
  jobs: JobSummary[];
  /** Argo CD's Applications, by environment. */
  applications: Map<string, DeployedApplication>;
}

/** A team's namespace in one environment, with its workloads. */
interface TeamNamespace {
  environment: Environment;
  /** Undefined while the team has no namespace in the environment. */
  namespace: string | undefined;
  workloads: ReadonlyMap<string, NamespaceWorkload>;
  positions: ReadonlyMap<string, QueuePosition>;
}

const MINUTE_MS = 60_000;
const NO_WORKLOADS: TeamNamespace['workloads'] = new Map();
const NO_POSITIONS: TeamNamespace['positions'] = new Map();

/**
 * State of each team's workloads, by name, combined from the views of Applications, namespaces and queues. Cached
 * until one of those views returns another object: their values are replaced, never modified.
 */
export class TeamStates {
  readonly #environments: Environment[];
  readonly #namespaces: TeamNamespaces;
  readonly #applications: TeamApplications;
  readonly #workloads: NamespaceWorkloads;
  readonly #positions: QueuePositions;
  readonly #cache = new Map<
    string,
    { inputs: unknown[]; states: Map<string, WorkloadState> }
  >();

  constructor({
    store,
    config,
  }: {
    store: ClusterStore;
    config: MlPlatformConfig;
  }) {
    this.#environments = config.environments;
    this.#namespaces = new TeamNamespaces({ store });
    this.#applications = new TeamApplications({ store });
    this.#workloads = new NamespaceWorkloads({ store });
    this.#positions = new QueuePositions({ store });
  }

  /** Names of the teams that have a namespace in any environment, sorted. */
  async teams(): Promise<string[]> {
    const clusters = new Set(this.#environments.map(({ cluster }) => cluster));
    const names = await Promise.all(
      [...clusters].map(async cluster => [
        ...(await this.#namespaces.get(cluster)).keys(),
      ]),
    );
    return [...new Set(names.flat())].sort((a, b) => a.localeCompare(b));
  }

  /** Do not mutate: the value is cached. */
  async get(team: string): Promise<ReadonlyMap<string, WorkloadState>> {
    const [applications, namespaces] = await Promise.all([
      this.#applications.get(team),
      Promise.all(
        this.#environments.map(environment =>
          this.#readNamespace(team, environment),
        ),
      ),
    ]);
    const now = new Date();
    const inputs = [
      applications,
      // Sync windows open and close without a change of any object.
      hasSyncWindows(applications)
        ? Math.floor(now.getTime() / MINUTE_MS)
        : undefined,
      ...namespaces.flatMap(({ namespace, workloads, positions }) => [
        namespace,
        workloads,
        positions,
      ]),
    ];
    const cached = this.#cache.get(team);
    if (
      cached?.inputs.length === inputs.length &&
      cached.inputs.every((input, index) => input === inputs[index])
    ) {
      return cached.states;
    }
    const states = combineStates({
      team,
      applications,
      namespaces,
      now,
    });
    if (states.size > 0) {
      this.#cache.set(team, { inputs, states });
    } else {
      this.#cache.delete(team);
    }
    return states;
  }

  async #readNamespace(
    team: string,
    environment: Environment,
  ): Promise<TeamNamespace> {
    const { cluster, name } = environment;
    const namespaces = await this.#namespaces.get(cluster);
    const namespace = namespaces.get(team)?.get(name);
    if (namespace === undefined) {
      return {
        environment,
        namespace,
        workloads: NO_WORKLOADS,
        positions: NO_POSITIONS,
      };
    }
    const workloads = await this.#workloads.get(cluster, namespace);
    return {
      environment,
      namespace,
      workloads,
      // Without queued workloads, changes in the queues must not invalidate the cache.
      positions: [...workloads.values()].some(isQueued)
        ? await this.#positions.get(cluster)
        : NO_POSITIONS,
    };
  }
}

function isQueued({ service, jobs }: NamespaceWorkload): boolean {
  return service.queued.length > 0 || jobs.some(({ queued }) => queued);
}

function hasSyncWindows(applications: ApplicationsByWorkload): boolean {
  return [...applications.values()].some(byEnvironment =>
    [...byEnvironment.values()].some(
      ({ syncWindows, summary }) =>
        syncWindows.length > 0 && summary.sync === 'OutOfSync',
    ),
  );
}

function combineStates({
  team,
  applications,
  namespaces,
  now,
}: {
  team: string;
  applications: ApplicationsByWorkload;
  namespaces: TeamNamespace[];
  now: Date;
}): Map<string, WorkloadState> {
  const names = new Set([
    ...applications.keys(),
    ...namespaces.flatMap(({ workloads }) => [...workloads.keys()]),
  ]);
  return new Map(
    [...names]
      .sort((a, b) => a.localeCompare(b))
      .map(workload => {
        const byEnvironment = applications.get(workload) ?? new Map();
        const states = namespaces.map(
          ({ environment, namespace, workloads, positions }) =>
            environmentState({
              team,
              environment,
              namespace,
              objects: workloads.get(workload),
              application: byEnvironment.get(environment.name),
              positions,
              now,
            }),
        );
        return [
          workload,
          {
            environments: states.map(({ summary }) => summary),
            jobs: states.flatMap(({ jobs }) => jobs),
            applications: byEnvironment,
          },
        ];
      }),
  );
}
