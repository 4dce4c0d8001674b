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
import type { WorkloadFindingsReader } from '../findings/WorkloadFindingsReader';
import { environmentState } from './environmentState';
import { formatList, PLATFORM_TEAM_ADVICE } from './health/formatting';
import { worstOf } from './health/healthOf';
import type { TeamStates, WorkloadState } from './TeamStates';
import {
  isClusterListed,
  unreadTypes,
  workloadFreshness,
} from './workloadFreshness';

interface WorkloadReaderOptions {
  store: ClusterStore;
  repository: PlatformRepository;
  config: MlPlatformConfig;
  states: TeamStates;
  findings: WorkloadFindingsReader;
}

/** Reads the state of one workload in all environments. */
export class WorkloadReader {
  readonly #options: WorkloadReaderOptions;

  constructor(options: WorkloadReaderOptions) {
    this.#options = options;
  }

  /**
   * @param options.withFindings - adds the findings in numbers.
   * @returns undefined when the workload is neither in a cluster nor in the platform repository.
   */
  async read(
    team: string,
    workload: string,
    { withFindings }: { withFindings: boolean },
  ): Promise<WorkloadSummary | undefined> {
    const { store, config, states, findings } = this.#options;
    const state = (await states.get(team)).get(workload);
    const reads = workloadFreshness(store, config);
    if (
      !state &&
      !reads.freshness().stale &&
      !(await this.#isInRepository(team, workload))
    ) {
      return undefined;
    }
    const [counted] = withFindings
      ? await findings.count([{ team, workload }], reads)
      : [];
    const { environments, jobs } = state ?? this.#notDeployed(team);
    return {
      team,
      workload,
      environments: environments.map(environment =>
        withUnknownHealth(store, environment),
      ),
      jobs,
      findings: counted,
      freshness: reads.freshness(),
    };
  }

  #notDeployed(team: string): Pick<WorkloadState, 'environments' | 'jobs'> {
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
            now: new Date(),
          }).summary,
      ),
      jobs: [],
    };
  }

  /** Returns true for a workload that is merged, even before Argo CD has an Application for it. */
  async #isInRepository(team: string, workload: string): Promise<boolean> {
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

const UNKNOWN_HEALTH: Health = {
  state: 'unknown',
  reasons: [
    {
      code: 'not-read',
      text: 'The portal has not read this cluster yet, so the state is unknown.',
    },
  ],
};

/**
 * Replaces the health while the cluster is not listed, and adds what could not be read: it may be worse than what is
 * known. The Application's state remains: it may be in another cluster.
 */
export function withUnknownHealth(
  store: ClusterStore,
  environment: WorkloadEnvironment,
): WorkloadEnvironment {
  const { cluster, health } = environment;
  if (!isClusterListed(store, cluster)) {
    return { ...environment, health: UNKNOWN_HEALTH };
  }
  const unread = unreadTypes(store, cluster);
  return unread.length === 0
    ? environment
    : {
        ...environment,
        health: {
          state: worstOf([health.state, 'unknown']),
          reasons: [
            ...health.reasons,
            {
              code: 'not-read',
              text: `The portal cannot read ${formatList(
                unread,
              )} in this cluster, so the state is not fully known. ${PLATFORM_TEAM_ADVICE}`,
            },
          ],
        },
      };
}
