import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import { RunHistory } from './RunHistory';
import { RunReader } from './RunReader';
import { RunRecorder } from './RunRecorder';

/** Records training runs until `stop`, and reads them. */
export function createRuns(options: {
  config: MlPlatformConfig;
  database: Knex;
  logger: LoggerService;
  store: ClusterStore;
}): { runs: RunReader; stop(): Promise<void> } {
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
    runs: new RunReader({ store, history, deletedPods, logger }),
    stop: () => recorder.stop(),
  };
}
