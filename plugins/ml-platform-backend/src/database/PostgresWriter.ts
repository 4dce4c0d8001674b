import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isOutage } from './isOutage';
import type { PgConnection } from './pgConnection';
import type { SingleWriter } from './SingleWriter';
import { WRITER_TABLE, WriterLock, type LockTiming } from './WriterLock';

export interface WriterTiming extends LockTiming {
  /** Between two tries to become the writer; half as much to half as much again, at random. */
  retryMs: number;
  /** How long a transaction may take. */
  writeMs: number;
  /** How long an open transaction may do nothing: a paused process must not hold up whoever takes over. */
  idleMs: number;
}

const DEFAULT_TIMING: WriterTiming = {
  retryMs: 3_000,
  heartbeatMs: 5_000,
  answerMs: 10_000,
  writeMs: 30_000,
  idleMs: 10_000,
};

class NotTheWriterError extends Error {}

/**
 * The writer is the replica that holds the lock. A lock alone is not enough: whoever lost it may not know yet. So each
 * transaction also holds a share of the row with the epoch, and a new writer can count it up only between transactions.
 */
export class PostgresWriter implements SingleWriter {
  /** Tries to become the writer from now on, until it is stopped. */
  static create(options: {
    database: Knex;
    logger: LoggerService;
    timing?: Partial<WriterTiming>;
  }): PostgresWriter {
    const { database, logger, timing } = options;
    return new PostgresWriter(database, logger, {
      ...DEFAULT_TIMING,
      ...timing,
    });
  }

  readonly #database: Knex;
  readonly #logger: LoggerService;
  readonly #timing: WriterTiming;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #lock: WriterLock | undefined;

  private constructor(
    database: Knex,
    logger: LoggerService,
    timing: WriterTiming,
  ) {
    this.#database = database;
    this.#logger = logger;
    this.#timing = timing;
    this.#running = this.#run();
  }

  epoch(): number | undefined {
    return this.#lock?.isHeld ? this.#lock.epoch : undefined;
  }

  async write(
    work: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<boolean> {
    const lock = this.#lock;
    if (!lock?.isHeld) {
      return false;
    }
    try {
      await this.#database.transaction(transaction =>
        this.#limited(transaction, async () => {
          await assertEpoch(transaction, lock.epoch);
          await work(transaction);
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof NotTheWriterError) {
        await lock.release();
        return false;
      }
      if (isOutage(error)) {
        this.#logger.debug('The database could not be written', toError(error));
        return false;
      }
      throw error;
    }
  }

  /** Lets another replica become the writer at once. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#lock?.release();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const lock = await this.#tryLock();
      if (lock) {
        await this.#hold(lock);
      }
      const jitter = 0.5 + Math.random();
      await delay(this.#timing.retryMs * jitter, undefined, {
        signal,
        ref: false,
      }).catch(() => {});
    }
  }

  async #hold(lock: WriterLock): Promise<void> {
    if (this.#stopping.signal.aborted) {
      await lock.release();
      return;
    }
    this.#lock = lock;
    this.#logger.info(`Writes to the database, epoch ${lock.epoch}`);
    await lock.ended;
    this.#lock = undefined;
    this.#logger.info(`Writes no longer, epoch ${lock.epoch}`);
  }

  async #tryLock(): Promise<WriterLock | undefined> {
    try {
      return await WriterLock.acquire(this.#database, this.#timing);
    } catch (error) {
      this.#logger.warn(
        'Cannot find out who writes to the database, trying again',
        toError(error),
      );
      return undefined;
    }
  }

  /** No transaction takes for ever, even when the connection is dead without a word. */
  async #limited(
    transaction: Knex.Transaction,
    work: () => Promise<void>,
  ): Promise<void> {
    const { writeMs, idleMs } = this.#timing;
    const connection: PgConnection =
      await transaction.client.acquireConnection();
    const timer = setTimeout(() => {
      connection.end().catch(() => {});
    }, writeMs).unref();
    try {
      await transaction.raw(
        `set local idle_in_transaction_session_timeout = ${idleMs}; set local statement_timeout = ${writeMs}`,
      );
      await work();
    } finally {
      clearTimeout(timer);
    }
  }
}

async function assertEpoch(
  transaction: Knex.Transaction,
  epoch: number,
): Promise<void> {
  const row = await transaction(WRITER_TABLE).forShare().first('epoch');
  if (row?.epoch !== epoch) {
    throw new NotTheWriterError();
  }
}
