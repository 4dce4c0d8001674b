import type { Knex } from 'knex';
import { endConnection, within, type PgConnection } from './pgConnection';

export const WRITER_TABLE = 'writer';

/** Any number; with the table's own, the lock is that of this portal's schema only. */
const LOCK = 1_835_823_215;

/** How long the old writer's open transaction may hold up the new one. */
const TAKEOVER_TIMEOUT_MS = 20_000;

export interface LockTiming {
  /** Between two signs of life of the connection. */
  heartbeatMs: number;
  /** How long a sign of life may take. */
  answerMs: number;
}

/** The session advisory lock that makes a replica the writer, for as long as its connection lives. */
export class WriterLock {
  /**
   * @returns undefined while another replica has the lock.
   * @throws when the database cannot be reached.
   */
  static async acquire(
    database: Knex,
    timing: LockTiming,
  ): Promise<WriterLock | undefined> {
    const connection: PgConnection = await database.client.acquireConnection();
    try {
      const { rows } = await within(
        timing.answerMs,
        database
          .raw(
            'select pg_try_advisory_lock(?, ?::regclass::oid::int) as locked',
            [LOCK, WRITER_TABLE],
          )
          .connection(connection),
      );
      if (!rows[0].locked) {
        await database.client.releaseConnection(connection);
        return undefined;
      }
      const epoch = await takeOver(database, connection);
      return new WriterLock(database, connection, epoch, timing);
    } catch (error) {
      await endConnection(database, connection);
      throw error;
    }
  }

  readonly epoch: number;
  /** Resolves as soon as the lock is no longer held. */
  readonly ended: Promise<void>;

  readonly #database: Knex;
  readonly #connection: PgConnection;
  readonly #timing: LockTiming;
  #heartbeat: NodeJS.Timeout | undefined;
  #isHeld = true;
  #resolveEnded: () => void = () => {};

  private constructor(
    database: Knex,
    connection: PgConnection,
    epoch: number,
    timing: LockTiming,
  ) {
    this.epoch = epoch;
    this.#database = database;
    this.#connection = connection;
    this.#timing = timing;
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve;
    });
    const end = () => {
      void this.release();
    };
    connection.once('end', end);
    connection.once('error', end);
    this.#scheduleHeartbeat();
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Gives it up, with its connection, so that the server cannot think that it is still held. */
  async release(): Promise<void> {
    if (!this.#isHeld) {
      return;
    }
    this.#isHeld = false;
    clearTimeout(this.#heartbeat);
    this.#resolveEnded();
    await endConnection(this.#database, this.#connection);
  }

  /** A connection can be dead without a word: a firewall that forgot it, a node that is gone. */
  #scheduleHeartbeat() {
    this.#heartbeat = setTimeout(async () => {
      try {
        await within(
          this.#timing.answerMs,
          this.#database.raw('select 1').connection(this.#connection),
        );
      } catch {
        await this.release();
      }
      if (this.#isHeld) {
        this.#scheduleHeartbeat();
      }
    }, this.#timing.heartbeatMs).unref();
  }
}

/** Waits until no transaction of an earlier writer is open, and lets none be committed from here on. */
async function takeOver(
  database: Knex,
  connection: PgConnection,
): Promise<number> {
  // The server must notice sooner than in two hours that this replica vanished: it holds the lock until then.
  await database
    .raw(
      `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set lock_timeout = ${TAKEOVER_TIMEOUT_MS}`,
    )
    .connection(connection);
  const [{ epoch }] = await database(WRITER_TABLE)
    .increment('epoch', 1)
    .returning('epoch')
    .connection(connection);
  return epoch;
}
