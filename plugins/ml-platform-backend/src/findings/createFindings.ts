import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { Feature } from '../Feature';
import { AuditReader } from './AuditReader';
import { FindingsIndex } from './FindingsIndex';
import { FindingsReader } from './FindingsReader';
import { createFindingsRoutes } from './findingsRoutes';
import { FirstSeenRecorder } from './FirstSeenRecorder';
import { WorkloadFindingsReader } from './WorkloadFindingsReader';

/** The findings feature: indexes Trivy's reports, and records when each finding was first seen. */
export function createFindings(options: {
  config: MlPlatformConfig;
  database: Knex;
  logger: LoggerService;
  store: ClusterStore;
}): Feature & { workloadFindings: WorkloadFindingsReader } {
  const { config, database, logger, store } = options;
  const index = new FindingsIndex({ store });
  const firstSeen = new FirstSeenRecorder({
    index,
    database,
    logger,
  });
  return {
    routes: createFindingsRoutes({
      findings: new FindingsReader({ store, index, config, firstSeen }),
      audits: new AuditReader({ store, index }),
    }),
    workloadFindings: new WorkloadFindingsReader({ store, index, config }),
    stop: () => firstSeen.stop(),
  };
}
