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

/** Follows what Trivy finds, until `stop`. */
export function createFindings(options: {
  config: MlPlatformConfig;
  database: Knex;
  logger: LoggerService;
  store: ClusterStore;
}): { findings: FindingsReader; audits: AuditReader; stop(): Promise<void> } {
  const { config, database, logger, store } = options;
  const index = FindingsIndex.create({ store });
  const firstSeen = new FirstSeenRecorder({
    index,
    database,
    logger,
  });
  return {
    findings: FindingsReader.create({ store, index, config, firstSeen }),
    audits: AuditReader.create({ store, index }),
    stop: () => firstSeen.stop(),
  };
}
