import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const DIRECTORY = resolvePackagePath(
  '@internal/plugin-ml-platform-backend',
  'migrations',
);
/** Advisory lock of the migrations; an arbitrary number that nothing else locks. */
const MIGRATION_LOCK = 1_835_823_216;

/** Opens the plugin's database and creates its tables. Replicas that start together wait for each other. */
export async function openDatabase(service: DatabaseService): Promise<Knex> {
  const database = await service.getClient();
  if (service.migrations?.skip) {
    return database;
  }
  if (!isPostgres(database)) {
    await database.migrate.latest({ directory: DIRECTORY });
    return database;
  }
  // In one transaction, so that a replica that dies in between leaves neither half a table nor Knex's own lock.
  await database.transaction(async transaction => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await transaction.migrate.latest({ directory: DIRECTORY });
  });
  return database;
}

export function isPostgres(database: Knex): boolean {
  return database.client.config.client === 'pg';
}
