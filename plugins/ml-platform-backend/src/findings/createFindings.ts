import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { SingleWriter } from '../database/SingleWriter';
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
  writer: SingleWriter;
}): { findings: FindingsReader; audits: AuditReader; stop(): Promise<void> } {
  const { config, database, logger, store, writer } = options;
  const index = FindingsIndex.create({ store });
  const firstSeen = FirstSeenRecorder.create({
    index,
    database,
    writer,
    logger,
  });
  return {
    findings: FindingsReader.create({ store, index, config, firstSeen }),
    audits: AuditReader.create({ store, index }),
    stop: () => firstSeen.stop(),
  };
}
