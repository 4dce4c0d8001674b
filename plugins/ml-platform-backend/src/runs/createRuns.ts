import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { SingleWriter } from '../database/SingleWriter';
import type { Feature } from '../Feature';
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
  writer: SingleWriter;
}): Feature {
  const { config, database, logger, store, writer } = options;
  const history = RunHistory.create(database);
  const recorder = RunRecorder.create({
    store,
    writer,
    history,
    logger,
    keepDays: config.runs.keepDays,
  });
  const { gone } = recorder;
  return {
    routes: createRunsRoutes({
      runs: RunReader.create({ store, history, gone, logger }),
    }),
    stop: () => recorder.stop(),
  };
}
