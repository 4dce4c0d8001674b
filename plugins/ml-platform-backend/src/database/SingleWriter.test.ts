import { mockServices } from '@backstage/backend-test-utils';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import knexFactory, { type Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { FreezingProxy } from '../__testUtils__/FreezingProxy';
import { createSingleWriter } from './createSingleWriter';
import { openDatabase } from './openDatabase';
import { PostgresWriter, type WriterTiming } from './PostgresWriter';

const databases = testDatabase();
const logger = mockServices.logger.mock();

const note = (text: string) => async (transaction: Knex.Transaction) => {
  await transaction('notes').insert({ text });
};

async function createNotes(database: Knex) {
  await database.schema.createTable('notes', table => {
    table.increments('id');
    table.string('text');
    table.integer('epoch');
  });
}

const texts = async (database: Knex): Promise<string[]> =>
  (await database('notes').orderBy('id')).map(({ text }) => text);

describe('the writer of either database', () => {
  let database: Knex;
  const stops: Array<() => unknown> = [];

  const start = () =>
    createSingleWriter({
      database,
      logger,
      lifecycle: {
        addStartupHook: () => {},
        addShutdownHook: hook => stops.push(hook),
      },
    });

  beforeEach(async () => {
    database = await openDatabase({ getClient: () => databases.init() });
    await createNotes(database);
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  it('writes what is committed and nothing of what fails', async () => {
    const writer = await start();
    await eventually(() => expect(writer.epoch()).toEqual(expect.any(Number)));

    expect(await writer.write(note('one'))).toBe(true);
    await expect(
      writer.write(async transaction => {
        await note('two')(transaction);
        throw new Error('on purpose');
      }),
    ).rejects.toThrow('on purpose');

    expect(await texts(database)).toEqual(['one']);
  });

  it('counts the epoch up at each start', async () => {
    const first = await start();
    await eventually(() => expect(first.epoch()).toBe(1));
    await Promise.all(stops.splice(0).map(stop => stop()));

    const second = await start();

    await eventually(() => expect(second.epoch()).toBe(2));
  });
});

// eslint-disable-next-line jest/no-conditional-in-test -- SQLite has one process only, so there is nothing to compete for.
if (databases.isPostgres) {
  describe('the writer among replicas on PostgreSQL', () => {
    let connection: { host: string; port: number };
    let admin: Knex;
    const cleanUps: Array<() => Promise<unknown>> = [];

    const connect = async (overrides: object = {}) => {
      const database = knexFactory({
        client: 'pg',
        connection: { ...connection, ...overrides },
        log: { warn: () => {} },
      });
      cleanUps.unshift(() => database.destroy());
      return database;
    };

    const replica = async (
      timing: Partial<WriterTiming> = {},
      overrides: object = {},
    ) => {
      const database = await connect(overrides);
      const writer = PostgresWriter.create({
        database,
        logger,
        timing: {
          retryMs: 30,
          heartbeatMs: 50,
          answerMs: 300,
          ...timing,
        },
      });
      cleanUps.unshift(() => writer.stop());
      return { database, writer };
    };

    const holder = async (writers: PostgresWriter[], previous = 0) => {
      await eventually(() => {
        const epochs = writers
          .map(writer => writer.epoch())
          .filter(epoch => epoch !== undefined);
        expect(epochs).toHaveLength(1);
        expect(epochs[0]).toBeGreaterThan(previous);
      });
      return writers.find(writer => writer.epoch() !== undefined)!;
    };

    /** As an administrator does, or a failover. */
    const kill = (which: 'all' | 'lock') =>
      admin.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
         ${
           which === 'lock'
             ? "and pid in (select pid from pg_locks where locktype = 'advisory')"
             : ''
         }`,
      );

    beforeEach(async () => {
      ({ connection } = (await databases.config()) as never);
      admin = await connect();
      await openDatabase({ getClient: async () => admin });
      await createNotes(admin);
    });
    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0)) {
        await cleanUp();
      }
    });

    it('is one at a time, and the next one as soon as it stops', async () => {
      const a = await replica();
      const first = await holder([a.writer]);
      const b = await replica();
      await new Promise(resolve => setTimeout(resolve, 300));
      expect(b.writer.epoch()).toBeUndefined();
      expect(await b.writer.write(note('b'))).toBe(false);
      expect(await first.write(note('a'))).toBe(true);

      await a.writer.stop();

      await eventually(() => expect(b.writer.epoch()).toBe(2));
      expect(await a.writer.write(note('late'))).toBe(false);
      expect(await b.writer.write(note('b'))).toBe(true);
      expect(await texts(admin)).toEqual(['a', 'b']);
    });

    it('is another after its connection was killed', async () => {
      const a = await replica();
      await holder([a.writer]);
      const b = await replica();
      const writers = [a.writer, b.writer];

      for (let epoch = 1; epoch <= 4; epoch += 1) {
        const writer = await holder(writers, epoch - 1);
        expect(writer.epoch()).toBe(epoch);
        expect(await writer.write(note(`${epoch}`))).toBe(true);
        await kill('all');
        await eventually(() => expect(writer.epoch()).not.toBe(epoch));
      }

      expect(await texts(admin)).toEqual(['1', '2', '3', '4']);
    });

    it('cannot write when the lock went to another without a word', async () => {
      const proxy = await FreezingProxy.start(connection);
      cleanUps.push(() => proxy.stop());
      // Too patient to find out by itself.
      const patient = { heartbeatMs: 60_000, answerMs: 60_000 };
      const a = await replica(patient, { port: proxy.port });
      await holder([a.writer]);
      const b = await replica();

      proxy.freeze();
      await kill('lock');
      await eventually(() => expect(b.writer.epoch()).toBe(2));

      expect(a.writer.epoch()).toBe(1);
      expect(await a.writer.write(note('stale'))).toBe(false);
      expect(a.writer.epoch()).toBeUndefined();
      expect(await b.writer.write(note('fresh'))).toBe(true);
      expect(await texts(admin)).toEqual(['fresh']);
    });

    it('loses a transaction in which it paused while another took over', async () => {
      const a = await replica({ idleMs: 500 });
      await holder([a.writer]);
      const b = await replica();
      let resume: () => void = () => {};
      const pause = new Promise<void>(resolve => {
        resume = resolve;
      });

      const written = a.writer.write(async transaction => {
        await note('paused')(transaction);
        await kill('lock');
        await pause;
        await note('resumed')(transaction);
      });
      const next = await holder([a.writer, b.writer], 1);
      resume();

      expect(await written).toBe(false);
      expect(await next.write(note('next'))).toBe(true);
      expect(await texts(admin)).toEqual(['next']);
    });

    it('notices a connection that is dead without a word', async () => {
      const proxy = await FreezingProxy.start(connection);
      cleanUps.push(() => proxy.stop());
      const { writer } = await replica({}, { port: proxy.port });
      await holder([writer]);

      proxy.freeze();

      await eventually(() => expect(writer.epoch()).not.toBe(1));
    });

    it('gives up a transaction whose connection is dead without a word', async () => {
      const proxy = await FreezingProxy.start(connection);
      cleanUps.push(() => proxy.stop());
      const { writer } = await replica({ writeMs: 500 }, { port: proxy.port });
      await holder([writer]);

      const written = writer.write(async transaction => {
        await note('one')(transaction);
        proxy.freeze();
        await note('two')(transaction);
      });

      expect(await written).toBe(false);
      await eventually(async () => expect(await texts(admin)).toEqual([]));
    });

    it('lets replicas that start together make the tables once', async () => {
      ({ connection } = (await databases.config()) as never);
      const clients = await Promise.all([connect(), connect(), connect()]);

      await Promise.all(
        clients.map(client => openDatabase({ getClient: async () => client })),
      );

      expect(await clients[0]('writer')).toEqual([
        { id: 1, epoch: 0 },
      ]);
    });

    // Jest fails a test by itself for a rejection that nobody handles.
    it('loses nothing, writes nothing twice and never interleaves while connections are killed', async () => {
      await admin.schema.alterTable('notes', table => table.unique(['text']));
      await admin.schema.createTable('flushes', table => {
        table.increments('id');
        table.integer('epoch');
      });
      const end = Date.now() + 6_000;
      const seen: string[] = [];
      const source = setInterval(() => seen.push(`${seen.length}`), 5);
      const killer = setInterval(() => void kill('all').catch(() => {}), 500);

      const isComplete = async () =>
        Number((await admin('notes').count('* as count'))[0].count) ===
        seen.length;

      /** A recorder as they are all made: pending in memory, everything again in a new epoch, upserts. */
      const record = async () => {
        const { writer } = await replica();
        let written = 0;
        let known: number | undefined;
        let failures = 0;
        while (Date.now() < end || written < seen.length) {
          const epoch = writer.epoch();
          if (epoch !== known) {
            written = 0;
            known = epoch;
          }
          const upTo = seen.length;
          const rows = seen.slice(written, upTo).map(text => ({ text, epoch }));
          const committed = await writer.write(async transaction => {
            await transaction('flushes').insert({ epoch });
            if (rows.length > 0) {
              await transaction('notes')
                .insert(rows)
                .onConflict('text')
                .merge();
            }
          });
          if (committed) {
            written = upTo;
          } else {
            failures += 1;
          }
          if (Date.now() > end && (await isComplete())) {
            break;
          }
          await new Promise(resolve => setTimeout(resolve, 10));
        }
        return failures;
      };
      const recorders = [record(), record()];
      await new Promise(resolve => setTimeout(resolve, end - Date.now()));
      clearInterval(source);
      clearInterval(killer);
      const failures = await Promise.all(recorders);

      expect(new Set(await texts(admin))).toEqual(new Set(seen));
      expect(await texts(admin)).toHaveLength(seen.length);
      const epochs = (await admin('flushes').orderBy('id')).map(
        ({ epoch }) => epoch,
      );
      expect(epochs).toEqual([...epochs].sort((x, y) => x - y));
      expect(new Set(epochs).size).toBeGreaterThan(3);
      expect(Math.min(...failures)).toBeGreaterThan(0);
    }, 30_000);
  });
}
