import type { Knex } from 'knex';

/**
 * Longest time a write may take. Knex closes the connection of a query that takes longer, so that one connection that
 * died silently does not stop all writing.
 */
export const WRITE_TIMEOUT_MS = 30_000;

/**
 * Inserts or replaces rows unless another replica has written them since they were read (optimistic locking): read,
 * merge, write with the next revision, and start over for the rows that were not written.
 *
 * @param options.keys - the primary key; rows are written in its order, so that replicas do not deadlock.
 * @param options.rows - each with the `revision` that was read plus one; 1 for a row that did not exist.
 * @returns the keys of the rows that were written.
 */
export async function upsertRevisions<
  Row extends { revision: number },
  Key extends keyof Row & string,
>(
  database: Knex,
  options: {
    table: string;
    keys: Key[];
    rows: Row[];
    timeoutMs?: number;
  },
): Promise<Array<Pick<Row, Key>>> {
  const { table, keys, rows, timeoutMs = WRITE_TIMEOUT_MS } = options;
  if (rows.length === 0) {
    return [];
  }
  const sorted = [...rows].sort((a, b) => compareKeys(keys, a, b));
  return database(table)
    .insert(sorted)
    .onConflict(keys)
    .merge()
    .where(`${table}.revision`, database.raw('excluded.revision - 1'))
    .returning(keys)
    .timeout(timeoutMs);
}

function compareKeys<Row>(keys: Array<keyof Row>, a: Row, b: Row): number {
  const key = keys.find(each => a[each] !== b[each]);
  if (key === undefined) {
    return 0;
  }
  return a[key] < b[key] ? -1 : 1;
}
