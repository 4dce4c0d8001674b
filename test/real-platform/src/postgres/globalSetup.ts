import { startPostgres, type RunningPostgres } from './startPostgres';

/** Those that `testDatabase` knows: another one would be started, and no suite would use it. */
const SUPPORTED = [14, 15, 16, 17, 18];

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
  if (!SUPPORTED.includes(majorVersion)) {
    await postgres.stop();
    throw new Error(
      `The suites run on PostgreSQL ${SUPPORTED.join(
        ', ',
      )}; installed is ${majorVersion}.`,
    );
  }
  process.env[
    `BACKSTAGE_TEST_DATABASE_POSTGRES${majorVersion}_CONNECTION_STRING`
  ] = connectionString;
  console.log(`\nPostgreSQL ${majorVersion} is up.`);
}
