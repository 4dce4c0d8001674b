import { startPostgres, type RunningPostgres } from './startPostgres';

/** The versions that `testDatabase` supports. */
const SUPPORTED = [14, 15, 16, 17, 18];

declare global {
  /** The server for `globalTeardown`, which jest runs in the same process. */
  // eslint-disable-next-line no-var
  var postgresOfSuite: RunningPostgres | undefined;
}

/** Starts PostgreSQL, and sets the variable that Backstage's `TestDatabases` reads. */
export default async function globalSetup() {
  const postgres = await startPostgres();
  const { majorVersion, connectionString } = postgres;
  globalThis.postgresOfSuite = postgres;
  if (!SUPPORTED.includes(majorVersion)) {
    await postgres.stop();
    throw new Error(
      `The test suites require PostgreSQL ${SUPPORTED.join(
        ', ',
      )}, and found ${majorVersion}.`,
    );
  }
  process.env[
    `BACKSTAGE_TEST_DATABASE_POSTGRES${majorVersion}_CONNECTION_STRING`
  ] = connectionString;
  console.log(`\nPostgreSQL ${majorVersion} is running.`);
}
