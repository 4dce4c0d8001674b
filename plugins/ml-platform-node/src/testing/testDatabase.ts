import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
// eslint-disable-next-line @backstage/no-undeclared-imports -- Tests only import this; in production it is not installed.
import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';

/** Databases in order of preference. `yarn test:postgres` provides one of the first. */
const IDS: TestDatabaseId[] = [
  'POSTGRES_18',
  'POSTGRES_17',
  'POSTGRES_16',
  'POSTGRES_15',
  'POSTGRES_14',
  'SQLITE_3',
];

/** Database of the backends in a test file. */
export interface TestDatabase {
  /** False for SQLite, which is the database of one process. */
  isPostgres: boolean;
  /** Creates an empty database. */
  init(): ReturnType<TestDatabases['init']>;
  /** Feature for `startTestBackend` with an empty database for each plugin. */
  feature(): BackendFeature;
  /** `backend.database` for a backend in another process: an empty database with a schema for each plugin. */
  config(): Promise<{ client: string; [setting: string]: unknown }>;
}

/**
 * Provides SQLite in `npm test`, and PostgreSQL in `yarn test:postgres`, which runs the test files that call this. Call it at
 * the start of a test file: it cleans up after all tests.
 */
export function testDatabase(): TestDatabase {
  const databases = TestDatabases.create({ ids: IDS, disableDocker: true });
  const [[id]] = databases.eachSupportedId();
  return {
    isPostgres: id !== 'SQLITE_3',
    init: () => databases.init(id),
    feature: () =>
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => {
          let client: ReturnType<TestDatabases['init']> | undefined;
          return {
            getClient: () => {
              client ??= databases.init(id);
              return client;
            },
          };
        },
      }),
    config: async () => {
      if (id === 'SQLITE_3') {
        return { client: 'better-sqlite3', connection: ':memory:' };
      }
      const { client } = await databases.init(id);
      const { host, port, user, password, database } = client.config.connection;
      return {
        client: 'pg',
        connection: { host, port: Number(port), user, password, database },
        pluginDivisionMode: 'schema',
      };
    },
  };
}
