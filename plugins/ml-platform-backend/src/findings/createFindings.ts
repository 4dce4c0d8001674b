import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import { AuditReader } from './AuditReader';
import { FindingsIndex } from './FindingsIndex';
import { FindingsReader } from './FindingsReader';
import { FirstSeenRecorder } from './FirstSeenRecorder';

/** Indexes and records Trivy's findings until `stop`, and reads them. */
export function createFindings(options: {
  config: MlPlatformConfig;
  database: Knex;
  logger: LoggerService;
  store: ClusterStore;
}): { findings: FindingsReader; audits: AuditReader; stop(): Promise<void> } {
  const { config, database, logger, store } = options;
  const index = new FindingsIndex({ store });
  const firstSeen = new FirstSeenRecorder({
    index,
    database,
    logger,
  });
  return {
    findings: new FindingsReader({ store, index, config, firstSeen }),
    audits: new AuditReader({ store, index }),
    stop: () => firstSeen.stop(),
  };
}
