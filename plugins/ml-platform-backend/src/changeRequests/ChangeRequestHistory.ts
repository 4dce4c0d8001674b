import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import type { Knex } from 'knex';
import type { SingleWriter } from '../database/SingleWriter';
import { changeRequestRecordSchema } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';

const TABLE = 'change_requests';
const WRITE_MS = 1_000;
const PATIENCE_MS = 5_000;
/** A replica that does not write learns from the one that does. */
const RECALL_MS = 30_000;
/** Rows in one statement; SQLite takes a limited number of values. */
const CHUNK = 100;

interface Row {
  repository: string;
  number: number;
  record: string;
}

/** Keeps the requests in the database, so that they outlive the portal and a forge that is away. */
export class ChangeRequestHistory {
  static create(options: {
    database: Knex;
    writer: SingleWriter;
    records: ChangeRequestRecords;
    /** Numbers mean something in one repository only. */
    repositoryUrl: string;
    logger: LoggerService;
  }): ChangeRequestHistory {
    return new ChangeRequestHistory(options);
  }

  readonly #options: Parameters<typeof ChangeRequestHistory.create>[0];
  readonly #stopping = new AbortController();
  #epoch: number | undefined;
  #recalledAt: number | undefined;
  #problem: UpstreamProblem | undefined;
  #loop: Promise<void> | undefined;

  private constructor(options: Parameters<typeof ChangeRequestHistory.create>[0]) {
    this.#options = options;
  }

  /** Recalls what was known, then writes down what changes. Waits for the first of it, but not long. */
  async start(): Promise<void> {
    const first = this.#synchronise();
    this.#loop = first.then(() => this.#run());
    const { signal } = this.#stopping;
    await Promise.race([
      first,
      sleep(PATIENCE_MS, undefined, { signal, ref: false }).catch(() => {}),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  problem(): UpstreamProblem | undefined {
    return this.#problem;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(WRITE_MS, undefined, { signal, ref: false }).catch(() => {});
      await this.#synchronise();
    }
  }

  async #synchronise(): Promise<void> {
    const { writer, records, logger } = this.#options;
    try {
      const epoch = writer.epoch();
      const isNew = epoch !== undefined && epoch !== this.#epoch;
      if (isNew || this.#isDue(epoch)) {
        await this.#recall();
      }
      if (isNew) {
        records.markChanged(records.all().map(({ number }) => number));
      }
      this.#epoch = epoch;
      const changed = records.takeChanged();
      if (epoch !== undefined && changed.length > 0) {
        await this.#writeOrKeep(changed);
      }
      this.#problem = undefined;
    } catch (error) {
      if (!this.#problem) {
        logger.warn(
          'The history of requests cannot be read',
          error instanceof Error ? error : new Error(String(error)),
        );
      }
      this.#problem = {
        source: "The portal's database",
        kind: 'failed',
        message:
          'The database of the portal cannot be read: the history of requests may be incomplete.',
      };
    }
  }

  #isDue(epoch: number | undefined): boolean {
    return (
      this.#recalledAt === undefined ||
      (epoch === undefined && Date.now() - this.#recalledAt > RECALL_MS)
    );
  }

  async #recall(): Promise<void> {
    const { database, records, repositoryUrl } = this.#options;
    const rows = await database<Row>(TABLE).where({
      repository: repositoryUrl,
    });
    for (const row of rows) {
      const parsed = changeRequestRecordSchema.safeParse(parseJson(row.record));
      // A row of an older version is read from the forge again.
      if (parsed.success) {
        records.recall(parsed.data);
      }
    }
    this.#recalledAt = Date.now();
  }

  async #writeOrKeep(numbers: number[]): Promise<void> {
    let isWritten = false;
    try {
      isWritten = await this.#write(numbers);
    } finally {
      if (!isWritten) {
        this.#options.records.markChanged(numbers);
      }
    }
  }

  async #write(numbers: number[]): Promise<boolean> {
    const { writer, records, repositoryUrl } = this.#options;
    const kept = numbers
      .map(number => records.get(number))
      .filter(record => record !== undefined);
    const removed = numbers.filter(number => !records.get(number));
    const rows: Row[] = kept.map(record => ({
      repository: repositoryUrl,
      number: record.number,
      record: JSON.stringify(record),
    }));
    return writer.write(async transaction => {
      for (let start = 0; start < rows.length; start += CHUNK) {
        await transaction<Row>(TABLE)
          .insert(rows.slice(start, start + CHUNK))
          .onConflict(['repository', 'number'])
          .merge(['record']);
      }
      for (let start = 0; start < removed.length; start += CHUNK) {
        await transaction<Row>(TABLE)
          .where({ repository: repositoryUrl })
          .whereIn('number', removed.slice(start, start + CHUNK))
          .delete();
      }
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
