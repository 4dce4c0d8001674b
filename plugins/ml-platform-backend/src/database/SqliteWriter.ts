import type { Knex } from 'knex';
import type { SingleWriter } from './SingleWriter';
import { WRITER_TABLE } from './WriterLock';

/** SQLite is the database of one process, which is therefore always the writer. */
export class SqliteWriter implements SingleWriter {
  static async create(database: Knex): Promise<SqliteWriter> {
    await database(WRITER_TABLE).increment('epoch', 1);
    const { epoch } = await database(WRITER_TABLE).first('epoch');
    return new SqliteWriter(database, epoch);
  }

  readonly #database: Knex;
  readonly #epoch: number;

  private constructor(database: Knex, epoch: number) {
    this.#database = database;
    this.#epoch = epoch;
  }

  async write(
    work: (transaction: Knex.Transaction) => Promise<void>,
  ): Promise<boolean> {
    await this.#database.transaction(work);
    return true;
  }

  epoch(): number {
    return this.#epoch;
  }
}
