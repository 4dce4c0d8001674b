import {
  workloadDirectory,
  type Health,
  type WorkloadEnvironment,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { environmentState } from './environmentState';
import type { TeamStates, WorkloadState } from './TeamStates';
import { isRead, workloadFreshness } from './workloadFreshness';

/** One workload over all environments, as the clusters and Argo CD have it. */
export class WorkloadReader {
  static create(options: {
    store: ClusterStore;
    repository: PlatformRepository;
    config: MlPlatformConfig;
    states: TeamStates;
  }): WorkloadReader {
    return new WorkloadReader(options);
  }

  readonly #options: Parameters<typeof WorkloadReader.create>[0];

  private constructor(options: Parameters<typeof WorkloadReader.create>[0]) {
    this.#options = options;
  }

  /** @returns undefined when neither the clusters nor the platform repository know the workload. */
  async read(
    team: string,
    workload: string,
  ): Promise<WorkloadSummary | undefined> {
    const { store, config, states } = this.#options;
    const state = (await states.get(team)).get(workload);
    const freshness = workloadFreshness(store, config).freshness();
    if (
      !state &&
      !freshness.stale &&
      !(await this.#isRequested(team, workload))
    ) {
      return undefined;
    }
    const { environments, jobs } = state ?? this.#nothing(team);
    return {
      team,
      workload,
      environments: environments.map(each => withUnread(store, each)),
      jobs,
      freshness,
    };
  }

  /** Of a workload that is merged, but that nothing knows yet. */
  #nothing(team: string): Pick<WorkloadState, 'environments' | 'jobs'> {
    return {
      environments: this.#options.config.environments.map(
        environment =>
          environmentState({
            team,
            environment,
            namespace: undefined,
            objects: undefined,
            application: undefined,
            positions: new Map(),
          }).summary,
      ),
      jobs: [],
    };
  }

  /** Merged, but not yet picked up by Argo CD. */
  async #isRequested(team: string, workload: string): Promise<boolean> {
    const { repository, config } = this.#options;
    const commit = repository.lastKnownHead();
    if (!commit) {
      return false;
    }
    const root = config.repository.rootDirectory;
    const directory = workloadDirectory(team, workload);
    const files = await repository.list(
      commit,
      root ? `${root}/${directory}` : directory,
    );
    return files.length > 0;
  }
}

const UNREAD: Health = {
  state: 'unknown',
  reasons: [
    {
      code: 'not-read',
      text: 'The cluster has not been read yet, so nothing is known of what runs there.',
    },
  ],
};

/** Nothing is known of a cluster before it was read; what Argo CD says of it is known all the same. */
export function withUnread(
  store: ClusterStore,
  environment: WorkloadEnvironment,
): WorkloadEnvironment {
  return isRead(store, environment.cluster)
    ? environment
    : { ...environment, health: UNREAD };
}
