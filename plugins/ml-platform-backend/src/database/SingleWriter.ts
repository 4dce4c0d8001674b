import type { Knex } from 'knex';

/** The tables' only way in: of all replicas, one writes at a time. Everybody reads straight from the database. */
export interface SingleWriter {
  /**
   * Runs `work` in a transaction if this replica is the writer now; the transaction is rolled back when it no longer is.
   *
   * @returns whether it was committed. `false` means: keep the changes and try again later. Never throws for a lost
   * connection; after one, what `false` was said of may have been committed all the same, so write what may be repeated.
   * @throws what `work` does wrong by itself.
   */
  write(
    work: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<boolean>;
  /**
   * Becomes another number each time this replica becomes the writer: whoever keeps pending changes then writes
   * everything again. `undefined` while it is not the writer.
   */
  epoch(): number | undefined;
}
