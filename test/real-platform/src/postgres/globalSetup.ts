import { startPostgres, type RunningPostgres } from './startPostgres';

declare global {
  /** Kept for `globalTeardown`, which jest runs in the same process. */
  // eslint-disable-next-line no-var
  var postgresOfSuite: RunningPostgres | undefined;
}

/** Starts PostgreSQL and names it in the variable that `TestDatabases` of Backstage looks for. */
export default async function globalSetup() {
  const postgres = await startPostgres();
  const { majorVersion, connectionString } = postgres;
  globalThis.postgresOfSuite = postgres;
  process.env[
    `BACKSTAGE_TEST_DATABASE_POSTGRES${majorVersion}_CONNECTION_STRING`
  ] = connectionString;
  console.log(`\nPostgreSQL ${majorVersion} is up.`);
}
