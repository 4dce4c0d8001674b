import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isPostgres } from './openDatabase';
import { PostgresWriter } from './PostgresWriter';
import type { SingleWriter } from './SingleWriter';
import { SqliteWriter } from './SqliteWriter';

/** The writer for the kind of database; it lets go when the backend shuts down. */
export async function createSingleWriter(options: {
  database: Knex;
  logger: LoggerService;
  lifecycle: LifecycleService;
}): Promise<SingleWriter> {
  const { database, logger, lifecycle } = options;
  if (!isPostgres(database)) {
    return SqliteWriter.create(database);
  }
  const writer = PostgresWriter.create({ database, logger });
  lifecycle.addShutdownHook(() => writer.stop());
  return writer;
}
