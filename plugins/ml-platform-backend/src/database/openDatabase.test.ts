import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import knexFactory from 'knex';
import { openDatabase } from './openDatabase';

const databases = testDatabase();

/** SQLite is the database of one process. */
const describeOnPostgres = databases.isPostgres ? describe : describe.skip;

describeOnPostgres('openDatabase', () => {
  it('creates the tables once when replicas start together', async () => {
    const { client } = await databases.init();
    const replicas = [1, 2, 3].map(() =>
      knexFactory({ client: 'pg', connection: client.config.connection }),
    );

    await Promise.all(
      replicas.map(replica => openDatabase({ getClient: async () => replica })),
    );

    expect(await replicas[0]('runs')).toEqual([]);
    const [{ count }] = await replicas[0]('knex_migrations').count('*');
    expect(Number(count)).toBe(3);
    await Promise.all(replicas.map(replica => replica.destroy()));
  });
});
