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

/** In order of preference. `yarn test:postgres` names one of the first in the environment. */
const IDS: TestDatabaseId[] = [
  'POSTGRES_18',
  'POSTGRES_17',
  'POSTGRES_16',
  'POSTGRES_15',
  'POSTGRES_14',
  'SQLITE_3',
];

/** Where the backends of a test file have their tables. */
export interface TestDatabase {
  /** False: it is SQLite, the database of one process. */
  isPostgres: boolean;
  /** A fresh, empty database. */
  init(): ReturnType<TestDatabases['init']>;
  /** For `startTestBackend`: a fresh database for each plugin. */
  feature(): BackendFeature;
  /** `backend.database` for a backend in a process of its own: a fresh database, with a schema for each plugin. */
  config(): Promise<{ client: string; [setting: string]: unknown }>;
}

/**
 * SQLite under `npm test`, PostgreSQL under `yarn test:postgres`, which runs the test files that call this. To be called
 * where a test file begins: it cleans up after all tests.
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
