import type {
  ClusterStore,
  MlPlatformConfig,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { Feature } from '../Feature';
import type { WorkloadFindingsReader } from '../findings/WorkloadFindingsReader';
import { AnswersReader } from './AnswersReader';
import { createPodsRoutes } from './pods/podsRoutes';
import { WorkloadObjectsReader } from './objects/WorkloadObjectsReader';
import { SyncHistoryReader } from './SyncHistoryReader';
import { TeamOverview } from './TeamOverview';
import { createTeamsRoutes } from './teamsRoutes';
import { TeamStates } from './TeamStates';
import { WorkloadReader } from './WorkloadReader';
import { createWorkloadRoutes } from './workloadRoutes';
import { WorkloadStatesReader } from './WorkloadStatesReader';

/** The workloads feature: health and sync history of workloads by team, and the logs and events of their pods. */
export function createWorkloads(options: {
  config: MlPlatformConfig;
  repository: PlatformRepository;
  store: ClusterStore;
  findings: WorkloadFindingsReader;
}): Feature & { states: TeamStates } {
  const { config, repository, store, findings } = options;
  const states = new TeamStates({ store, config });
  return {
    states,
    routes: [
      ...createTeamsRoutes({
        overview: new TeamOverview({ store, config, states, findings }),
      }),
      ...createWorkloadRoutes({
        answers: new AnswersReader({ config, repository }),
        objects: new WorkloadObjectsReader({ store, config }),
        workloads: new WorkloadReader({
          store,
          repository,
          config,
          states,
          findings,
        }),
        workloadStates: new WorkloadStatesReader({
          store,
          config,
          states,
          findings,
        }),
        syncHistory: new SyncHistoryReader({ store, repository, states }),
      }),
      ...createPodsRoutes({ store }),
    ],
  };
}
