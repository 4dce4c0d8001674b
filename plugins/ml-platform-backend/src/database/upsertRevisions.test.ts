import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import knexFactory, { type Knex } from 'knex';
import { FreezingProxy } from '../__testUtils__/FreezingProxy';
import { upsertRevisions } from './upsertRevisions';

const databases = testDatabase();

describe('upsertRevisions', () => {
  let database: Knex;
  const cleanUps: Array<() => Promise<unknown>> = [];

  const write = (
    texts: Record<string, [revision: number, text: string]>,
    options: { database?: Knex; timeoutMs?: number } = {},
  ) =>
    upsertRevisions(options.database ?? database, {
      table: 'notes',
      keys: ['id'],
      rows: Object.entries(texts).map(([id, [revision, text]]) => ({
        id,
        revision,
        text,
      })),
      timeoutMs: options.timeoutMs,
    });
  const rows = async () =>
    Object.fromEntries(
      (await database('notes')).map(({ id, revision, text }) => [
        id,
        [revision, text],
      ]),
    );

  beforeEach(async () => {
    database = await databases.init();
    await database.schema.createTable('notes', table => {
      table.string('id').primary();
      table.integer('revision').notNullable();
      table.string('text');
    });
  });

  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await cleanUp();
    }
  });

  it('writes rows that nobody has written since they were read', async () => {
    expect(await write({ b: [1, 'new'], a: [1, 'new'] })).toEqual([
      { id: 'a' },
      { id: 'b' },
    ]);

    expect(await write({ b: [2, 'changed'] })).toEqual([{ id: 'b' }]);

    expect(await rows()).toEqual({ a: [1, 'new'], b: [2, 'changed'] });
  });

  it('leaves rows that another replica has written, and writes the others', async () => {
    await write({ a: [1, 'first'], b: [1, 'first'] });
    await write({ a: [2, 'newer'] });

    expect(await write({ a: [2, 'late'], b: [2, 'newer'] })).toEqual([
      { id: 'b' },
    ]);
    expect(await write({ a: [1, 'very late'] })).toEqual([]);

    expect(await rows()).toEqual({ a: [2, 'newer'], b: [2, 'newer'] });
  });

  it('lets one of several replicas win that write at the same time', async () => {
    const written = await Promise.all(
      Array.from({ length: 8 }, (_, replica) =>
        write({ a: [1, `${replica}`], b: [1, `${replica}`] }),
      ),
    );

    const winner = written.findIndex(keys => keys.length > 0);
    expect(written.flat()).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(await rows()).toEqual({ a: [1, `${winner}`], b: [1, `${winner}`] });
  });

  it('writes nothing for no rows', async () => {
    expect(await write({})).toEqual([]);
  });

  // eslint-disable-next-line jest/no-conditional-in-test -- SQLite has no connections.
  if (databases.isPostgres) {
    it('gives up on a connection that died silently, and uses another one', async () => {
      const { connection } = (await databases.config()) as unknown as {
        connection: { host: string; port: number };
      };
      const proxy = await FreezingProxy.start(connection);
      cleanUps.push(() => proxy.stop());
      const remote = knexFactory({
        client: 'pg',
        connection: {
          ...connection,
          database: database.client.config.connection.database,
          port: proxy.port,
        },
        log: { warn: () => {} },
      });
      cleanUps.push(() => remote.destroy());
      await write({ a: [1, 'before'] }, { database: remote });

      proxy.freeze();

      await expect(
        write({ a: [2, 'lost'] }, { database: remote, timeoutMs: 500 }),
      ).rejects.toThrow('timeout of 500ms exceeded');
      expect(await write({ a: [2, 'after'] }, { database: remote })).toEqual([
        { id: 'a' },
      ]);
    });
  }
});
