import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';

const END_MS = 1_000;

/** What we use of a connection of the driver `pg`, which Knex hands out without a type. */
export interface PgConnection {
  once(event: 'end' | 'error', listener: () => void): void;
  /** Breaks it off when a query is running. */
  end(): Promise<void>;
  /** Knex: no longer to be used. */
  __knex__disposed?: unknown;
}

/** Ends a connection instead of giving it to the next user of the pool; does not wait long for a dead one. */
export async function endConnection(
  database: Knex,
  connection: PgConnection,
): Promise<void> {
  connection.__knex__disposed ??= 'ended by the writer';
  const ended = connection.end().catch(() => {});
  await Promise.race([ended, delay(END_MS, undefined, { ref: false })]);
  await database.client.releaseConnection(connection);
}

/** @throws when there is no answer in time. */
export async function within<T>(
  ms: number,
  answer: PromiseLike<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('Connection error: no answer in time')),
      ms,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
