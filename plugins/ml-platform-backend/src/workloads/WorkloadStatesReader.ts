import type {
  WorkloadState,
  WorkloadStates,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { WorkloadFindingsReader } from '../findings/WorkloadFindingsReader';
import { worstOf } from './health/healthOf';
import type { TeamStates } from './TeamStates';
import { workloadFreshness } from './workloadFreshness';
import { withUnknownHealth } from './WorkloadReader';

interface WorkloadStatesReaderOptions {
  store: ClusterStore;
  config: MlPlatformConfig;
  states: TeamStates;
  findings: WorkloadFindingsReader;
}

/** Reads the state of workloads of several teams, for lists of them. */
export class WorkloadStatesReader {
  readonly #options: WorkloadStatesReaderOptions;

  constructor(options: WorkloadStatesReaderOptions) {
    this.#options = options;
  }

  /** @param workloads - each as `<team>/<workload>`; those outside of the scope are left out. */
  async read(
    workloads: string[],
    options: { scope: TeamScope; findingsScope: TeamScope },
  ): Promise<WorkloadStates> {
    const { scope, findingsScope } = options;
    const { store, config, findings } = this.#options;
    const reads = workloadFreshness(store, config);
    const isUncertain = reads.freshness().stale;
    const visible = [...new Set(workloads)]
      .map(each => {
        const [team, workload] = each.split('/');
        return { team, workload };
      })
      .filter(({ team }) => scope.includes(team));
    const withFindings = visible.filter(({ team }) =>
      findingsScope.includes(team),
    );
    const counts = await findings.count(withFindings, reads);
    return {
      items: await Promise.all(
        visible.map(async each => ({
          ...each,
          ...(await this.#state(each, isUncertain)),
          findings: counts[withFindings.indexOf(each)],
        })),
      ),
      freshness: reads.freshness(),
    };
  }

  async #state(
    { team, workload }: { team: string; workload: string },
    isUncertain: boolean,
  ): Promise<Pick<WorkloadState, 'state' | 'environments'>> {
    const { store, states } = this.#options;
    const known = (await states.get(team)).get(workload);
    if (!known) {
      return { state: isUncertain ? 'unknown' : 'missing', environments: [] };
    }
    const environments = known.environments.map(each => {
      const { environment, image, health } = withUnknownHealth(store, each);
      return {
        environment,
        image,
        state: health.state,
        reason: health.reasons[0],
      };
    });
    return {
      state: worstOf(environments.map(({ state }) => state)),
      environments: environments.filter(({ state }) => state !== 'missing'),
    };
  }
}
