import { readdir } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import knexFactory, { type Knex } from 'knex';
import { openDatabase } from './openDatabase';

const databases = testDatabase();
const migrations = resolvePackagePath(
  '@internal/plugin-ml-platform-backend',
  'migrations',
);

/** SQLite is the database of one process. */
const describeOnPostgres = databases.isPostgres ? describe : describe.skip;

describeOnPostgres('openDatabase', () => {
  const replicas: Knex[] = [];

  // An open connection would keep Jest from exiting after a failure.
  afterEach(() => Promise.all(replicas.map(replica => replica.destroy())));

  it('creates the tables once when replicas start together', async () => {
    const { client } = await databases.init();
    for (let i = 0; i < 3; i += 1) {
      replicas.push(
        knexFactory({ client: 'pg', connection: client.config.connection }),
      );
    }

    await Promise.all(
      replicas.map(replica => openDatabase({ getClient: async () => replica })),
    );

    expect(await replicas[0]('runs')).toEqual([]);
    const names = await replicas[0]('knex_migrations').pluck('name');
    expect(names.sort()).toEqual((await readdir(migrations)).sort());
  });
});
