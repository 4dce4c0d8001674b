import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { parseJson } from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import { upsertRevisions, WRITE_TIMEOUT_MS } from '../database/upsertRevisions';
import { changeRequestRecordSchema } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';

const TABLE = 'change_requests';
const WRITE_INTERVAL_MS = 1_000;
/** Longest time that the start waits for the database. */
const START_TIMEOUT_MS = 5_000;
/** Interval at which this replica reads what others wrote. */
const READ_INTERVAL_MS = 30_000;
/** Rows in one statement; SQLite takes a limited number of values. */
const CHUNK = 100;

interface ChangeRequestRow {
  repository: string;
  number: number;
  revision: number;
  record: string;
}

export interface ChangeRequestHistoryOptions {
  database: Knex;
  records: ChangeRequestRecords;
  /** Numbers are unique within a repository only. */
  repositoryUrl: string;
  logger: LoggerService;
}

/**
 * Keeps change requests in the database, so that they outlive restarts and outages of the forge. All replicas write to
 * it: a row that another replica has written is read and merged first.
 */
export class ChangeRequestHistory {
  readonly #options: ChangeRequestHistoryOptions;
  readonly #stopping = new AbortController();
  /** By number: the revision of the row that this replica has read or written. */
  readonly #revisions = new Map<number, number>();
  #readAt = -Infinity;
  #problem: UpstreamProblem | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: ChangeRequestHistoryOptions) {
    this.#options = options;
  }

  /** Reads the table, then keeps it up to date. Waits for the first read, but not long. */
  async start(): Promise<void> {
    const first = this.#synchronise();
    this.#loop = first.then(() => this.#run());
    const { signal } = this.#stopping;
    await Promise.race([
      first,
      sleep(START_TIMEOUT_MS, undefined, { signal, ref: false }).catch(
        () => {},
      ),
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
      await sleep(WRITE_INTERVAL_MS, undefined, { signal, ref: false }).catch(
        () => {},
      );
      await this.#synchronise();
    }
  }

  async #synchronise(): Promise<void> {
    try {
      if (Date.now() - this.#readAt > READ_INTERVAL_MS) {
        await this.#read();
        this.#readAt = Date.now();
      }
      await this.#writeChanged();
      this.#problem = undefined;
    } catch (error) {
      if (!this.#problem) {
        this.#options.logger.warn(
          'Failed to synchronise change requests with the database; retrying until it succeeds',
          toError(error),
        );
      }
      this.#problem = {
        source: "The portal's database",
        kind: 'failed',
        message:
          'The database of the portal cannot be read: the history of change requests may be incomplete.',
      };
    }
  }

  /** Reads the rows that other replicas have written. */
  async #read(): Promise<void> {
    const { database, records, repositoryUrl } = this.#options;
    const table = () =>
      database<ChangeRequestRow>(TABLE).where({ repository: repositoryUrl });
    const listed = await table().select('number', 'revision');
    const changed = listed
      .filter(
        ({ number, revision }) => this.#revisions.get(number) !== revision,
      )
      .map(({ number }) => number);
    for (let start = 0; start < changed.length; start += CHUNK) {
      const rows = await table().whereIn(
        'number',
        changed.slice(start, start + CHUNK),
      );
      for (const { number, revision, record } of rows) {
        const parsed = changeRequestRecordSchema.safeParse(parseJson(record));
        // A row of an older version is read from the forge again.
        if (parsed.success) {
          records.recall(parsed.data);
        }
        this.#revisions.set(number, revision);
      }
    }
  }

  async #writeChanged(): Promise<void> {
    const { records } = this.#options;
    const changed = records.takeChanged();
    const unwritten = new Set(changed);
    try {
      for (let start = 0; start < changed.length; start += CHUNK) {
        const written = await this.#write(changed.slice(start, start + CHUNK));
        written.forEach(number => unwritten.delete(number));
      }
    } finally {
      records.markChanged(unwritten);
      if (unwritten.size > 0) {
        this.#readAt = -Infinity;
      }
    }
  }

  /** @returns the numbers that are written; the others' rows have to be read and merged first. */
  async #write(numbers: number[]): Promise<number[]> {
    const { database, records, repositoryUrl } = this.#options;
    const rows = numbers.flatMap(number => {
      const record = records.get(number);
      return record
        ? [
            {
              repository: repositoryUrl,
              number,
              revision: (this.#revisions.get(number) ?? 0) + 1,
              record: JSON.stringify(record),
            },
          ]
        : [];
    });
    const removed = numbers.filter(number => !records.get(number));
    const written = await upsertRevisions<
      ChangeRequestRow,
      'repository' | 'number'
    >(database, { table: TABLE, keys: ['repository', 'number'], rows });
    if (removed.length > 0) {
      await database<ChangeRequestRow>(TABLE)
        .where({ repository: repositoryUrl })
        .whereIn('number', removed)
        .delete()
        .timeout(WRITE_TIMEOUT_MS);
      removed.forEach(number => this.#revisions.delete(number));
    }
    const upserted = new Set(written.map(({ number }) => number));
    for (const { number, revision } of rows) {
      if (upserted.has(number)) {
        this.#revisions.set(number, revision);
      }
    }
    return [...upserted, ...removed];
  }
}
