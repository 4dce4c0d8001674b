import {
  runStateSchema,
  type RunsQuery,
  type RunState,
} from '@internal/plugin-ml-platform-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { WRITE_TIMEOUT_MS } from '../database/upsertRevisions';
import { podUseSchema } from './podUse';
import { sortedAt, UNFINISHED, type RunRecord } from './RunRecord';

const TABLE = 'runs';

/** Rank of a row's state, in SQL. An ended Job never restarts; a Job deleted before it ended may have ended unseen. */
const progress = (table: string) =>
  `case when ${table}.state in ('Succeeded', 'Failed') then 2 when ${table}.state = 'Removed' then 1 else 0 end`;

const IS_NEWER = `(${progress(
  'excluded',
)}, excluded.observed_at) >= (${progress(TABLE)}, ${TABLE}.observed_at)`;

const columns = {
  startedAt: 'sorted_at',
  duration: 'duration_seconds',
  gpuHours: 'gpu_seconds',
  name: 'name',
} as const;

export interface RunHistoryOptions {
  database: Knex;
  writeTimeoutMs?: number;
}

export type RunFilter = Pick<RunsQuery, 'workload' | 'environment' | 'search'>;

/**
 * The table of training runs. All replicas write to it at the same time: every write is monotonic, so neither its order
 * nor its repetition matters.
 */
export class RunHistory {
  readonly #database: Knex;
  readonly #writeTimeoutMs: number;

  constructor(options: RunHistoryOptions) {
    this.#database = options.database;
    this.#writeTimeoutMs = options.writeTimeoutMs ?? WRITE_TIMEOUT_MS;
  }

  /** @param options.except - ids of runs to leave out. */
  async page(options: {
    team: string;
    query: RunsQuery;
    except: string[];
    offset: number;
    limit: number;
  }): Promise<RunRecord[]> {
    const { team, query, except, offset, limit } = options;
    const selected = this.#matching(team, query, except);
    if (query.state) {
      selected.where('state', query.state);
    }
    const rows = await selected
      .orderBy([
        { column: columns[query.sort], order: query.order },
        { column: 'id', order: query.order },
      ])
      .offset(offset)
      .limit(limit);
    return rows.map(toRecord);
  }

  async counts(
    team: string,
    filter: RunFilter,
    except: string[],
  ): Promise<Partial<Record<RunState, number>>> {
    const rows: Array<{ state: RunState; count: string | number }> =
      await this.#matching(team, filter, except)
        .select('state')
        .count('* as count')
        .groupBy('state');
    return Object.fromEntries(
      rows.map(({ state, count }) => [state, Number(count)]),
    );
  }

  async find(team: string, id: string): Promise<RunRecord | undefined> {
    const row = await this.#database(TABLE).where({ team, id }).first();
    return row && toRecord(row);
  }

  /** Runs whose Job exists as far as the table knows. */
  async withoutRemovalTime(): Promise<RunRecord[]> {
    const rows = await this.#database(TABLE).whereNull('removed_at');
    return rows.map(toRecord);
  }

  /** Writes runs; where the table has a run in a further state, or observed later in the same state, the row stays. */
  async put(runs: RunRecord[]): Promise<void> {
    if (runs.length === 0) {
      return;
    }
    // In the order of their ids, so that replicas do not deadlock.
    const rows = runs.map(toRow).sort((a, b) => (a.id < b.id ? -1 : 1));
    const newest = Object.keys(rows[0]).map(column => [
      column,
      this.#database.raw(
        `case when ${IS_NEWER} then excluded.${column} else ${TABLE}.${column} end`,
      ),
    ]);
    await this.#database(TABLE)
      .insert(rows)
      .onConflict('id')
      .merge({
        ...Object.fromEntries(newest),
        removed_at: this.#database.raw(
          `coalesce(${TABLE}.removed_at, excluded.removed_at)`,
        ),
      })
      .timeout(this.#writeTimeoutMs);
  }

  /** Marks runs whose Job was deleted while the portal was not watching. */
  async markRemoved(ids: string[], removedAt: string): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    await this.#database(TABLE)
      .whereIn('id', ids)
      .whereIn('state', [...UNFINISHED])
      .update({
        state: 'Removed' satisfies RunState,
        reason: 'Its Job was gone when the portal looked again.',
      })
      .timeout(this.#writeTimeoutMs);
    await this.#database(TABLE)
      .whereIn('id', ids)
      .whereNull('removed_at')
      .update({ removed_at: removedAt })
      .timeout(this.#writeTimeoutMs);
  }

  /** @param before - ISO 8601. */
  async deleteRemovedBefore(before: string): Promise<void> {
    await this.#database(TABLE)
      .where('removed_at', '<', before)
      .delete()
      .timeout(this.#writeTimeoutMs);
  }

  #matching(team: string, filter: RunFilter, except: string[]) {
    const { workload, environment, search } = filter;
    const selected = this.#database(TABLE)
      .where({
        team,
        ...(workload !== undefined && { workload }),
        ...(environment !== undefined && { environment }),
      })
      .whereNotIn('id', except);
    if (search) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      selected.whereRaw(
        `(lower(name) like ? escape '\\' or lower(run) like ? escape '\\' or lower(workload) like ? escape '\\')`,
        [pattern, pattern, pattern],
      );
    }
    return selected;
  }
}

const optional = <T>(schema: z.ZodType<T>) =>
  schema.nullable().transform(value => value ?? undefined);

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  run: optional(z.string()),
  scheduled_by: optional(z.string()),
  team: z.string(),
  workload: optional(z.string()),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  state: runStateSchema,
  reason: optional(z.string()),
  created_at: optional(z.string()),
  started_at: optional(z.string()),
  ended_at: optional(z.string()),
  duration_seconds: z.number(),
  gpus: z.number(),
  // PostgreSQL's driver gives big numbers as text.
  gpu_seconds: z.coerce.number(),
  retries: z.number(),
  exit_code: optional(z.number()),
  observed_at: z.string(),
  pods: z.string(),
  other_gpu_seconds: z.coerce.number(),
  removed_at: optional(z.string()),
});

function toRow(record: RunRecord) {
  return {
    id: record.id,
    name: record.name,
    run: record.run ?? null,
    scheduled_by: record.scheduledBy ?? null,
    team: record.team,
    workload: record.workload ?? null,
    environment: record.environment,
    cluster: record.cluster,
    namespace: record.namespace,
    state: record.state,
    reason: record.reason ?? null,
    created_at: record.createdAt ?? null,
    started_at: record.startedAt ?? null,
    ended_at: record.endedAt ?? null,
    sorted_at: sortedAt(record),
    duration_seconds: record.durationSeconds,
    gpus: record.gpus,
    gpu_seconds: record.gpuSeconds,
    retries: record.retries,
    exit_code: record.exitCode ?? null,
    observed_at: record.observedAt,
    pods: JSON.stringify(record.pods),
    other_gpu_seconds: record.otherGpuSeconds,
    removed_at: record.removedAt ?? null,
  };
}

function toRecord(row: unknown): RunRecord {
  const parsed = rowSchema.parse(row);
  return {
    id: parsed.id,
    name: parsed.name,
    run: parsed.run,
    scheduledBy: parsed.scheduled_by,
    team: parsed.team,
    workload: parsed.workload,
    environment: parsed.environment,
    cluster: parsed.cluster,
    namespace: parsed.namespace,
    state: parsed.state,
    reason: parsed.reason,
    createdAt: parsed.created_at,
    startedAt: parsed.started_at,
    endedAt: parsed.ended_at,
    durationSeconds: parsed.duration_seconds,
    gpus: parsed.gpus,
    gpuSeconds: parsed.gpu_seconds,
    retries: parsed.retries,
    exitCode: parsed.exit_code,
    observedAt: parsed.observed_at,
    pods: z.array(podUseSchema).parse(JSON.parse(parsed.pods)),
    otherGpuSeconds: parsed.other_gpu_seconds,
    removedAt: parsed.removed_at,
  };
}
