import {
  applicationName,
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
  workloadDirectory,
  WORKLOAD_LABEL,
  type ApplicationSummary,
  type Environment,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  applicationConditions,
  applicationSchema,
  summariseApplication,
  type Application,
} from '../kubernetes/application';
import { TrackedReads } from '../kubernetes/TrackedReads';
import { summariseEnvironment } from './summariseEnvironment';

/** One workload over all environments, as the clusters and Argo CD have it. */
export class WorkloadReader {
  static create(options: {
    store: ClusterStore;
    repository: PlatformRepository;
    config: MlPlatformConfig;
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
    const { store, config } = this.#options;
    const reads = TrackedReads.create(store);
    const applications = await this.#applications(reads, team, workload);
    const environments = await Promise.all(
      config.environments.map(environment =>
        summariseEnvironment({
          reads,
          team,
          workload,
          environment,
          application: applicationOf(applications, team, workload, environment),
        }),
      ),
    );
    const freshness = reads.freshness();
    const exists =
      applications.length > 0 ||
      environments.some(({ hasObjects }) => hasObjects) ||
      (await this.#isRequested(team, workload));
    if (!exists && !freshness.stale) {
      return undefined;
    }
    return {
      team,
      workload,
      environments: environments.map(({ summary }) => summary),
      jobs: environments.flatMap(({ jobs }) => jobs),
      freshness,
    };
  }

  /** Applications of the team's own project; their labels alone would prove nothing. */
  async #applications(
    reads: TrackedReads,
    team: string,
    workload: string,
  ): Promise<Application[]> {
    const lists = await Promise.all(
      this.#options.store.clusters().map(cluster =>
        reads.list(applicationSchema, cluster, 'applications', {
          labels: { [TEAM_LABEL]: team, [WORKLOAD_LABEL]: workload },
        }),
      ),
    );
    return lists.flat().filter(({ spec }) => spec.project === team);
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

/** The overlay's Application; what fails in the one that applies training runs is shown with it. */
function applicationOf(
  applications: Application[],
  team: string,
  workload: string,
  environment: Environment,
): ApplicationSummary | undefined {
  const all = applications.filter(
    ({ metadata }) => metadata.labels?.[ENVIRONMENT_LABEL] === environment.name,
  );
  const name = applicationName(team, workload, environment.name);
  const main = all.find(({ metadata }) => metadata.name === name) ?? all[0];
  const others = all.filter(application => application !== main);
  return (
    main && {
      ...summariseApplication(main),
      conditions: [main, ...others].flatMap(({ status }) =>
        applicationConditions(status),
      ),
    }
  );
}
