import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import knexFactory from 'knex';
import { openDatabase } from './openDatabase';

const databases = testDatabase();

/** SQLite is the database of one process. */

(databases.isPostgres ? describe : describe.skip)('openDatabase', () => {
  it(
    'creates the tables once when replicas start together',
    async () => {
      const { client } = await databases.init();
      const clients = [1, 2, 3].map(() =>
        knexFactory({ client: 'pg', connection: client.config.connection }),
      );

      await Promise.all(
        clients.map(knex => openDatabase({ getClient: async () => knex })),
      );

      expect(await clients[0]('runs')).toEqual([]);
      const [{ count }] = await clients[0]('knex_migrations').count('*');
      expect(Number(count)).toBe(3);
      await Promise.all(clients.map(knex => knex.destroy()));
    },
  );
});
