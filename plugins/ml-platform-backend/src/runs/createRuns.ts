import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { Feature } from '../Feature';
import { QueuePositions } from '../workloads/QueuePositions';
import { RunHistory } from './RunHistory';
import { RunReader } from './RunReader';
import { RunRecorder } from './RunRecorder';
import { createRunsRoutes } from './runsRoutes';

/** The training runs feature: records runs, so that they outlive their Jobs. */
export function createRuns(options: {
  config: MlPlatformConfig;
  database: Knex;
  logger: LoggerService;
  store: ClusterStore;
}): Feature {
  const { config, database, logger, store } = options;
  const history = new RunHistory({ database });
  const recorder = new RunRecorder({
    store,
    history,
    logger,
    keepDays: config.runs.keepDays,
  });
  const { deletedPods } = recorder;
  return {
    routes: createRunsRoutes({
      runs: new RunReader({
        store,
        history,
        deletedPods,
        positions: new QueuePositions({ store }),
        prices: config.prices,
        logger,
      }),
    }),
    stop: () => recorder.stop(),
  };
}
