import {
  gpuAmountSchema,
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

/**
 * SQL for the rank of a row's state; a state never replaces one of a higher rank. An ended Job never restarts, and a Job
 * that was deleted before it ended may have ended unseen.
 */
const stateRank = (table: string) =>
  `case when ${table}.state in ('Succeeded', 'Failed') then 2 when ${table}.state = 'Removed' then 1 else 0 end`;

/** SQL condition: the row to insert (`excluded`) replaces the row in the table. */
const IS_NEWER = `(${stateRank(
  'excluded',
)}, excluded.observed_at) >= (${stateRank(TABLE)}, ${TABLE}.observed_at)`;

/** Columns by the sort key of the API. */
const SORT_COLUMNS = {
  startedAt: 'sorted_at',
  duration: 'duration_seconds',
  gpuHours: 'gpu_seconds',
  name: 'name',
} as const;

export interface RunHistoryOptions {
  database: Knex;
  /** Default: `WRITE_TIMEOUT_MS`. */
  writeTimeoutMs?: number;
}

export type RunFilter = Pick<RunsQuery, 'workload' | 'environment' | 'search'>;

/**
 * The table of training runs. All replicas write to it concurrently, so every write is idempotent and the result does not
 * depend on the order of the writes.
 */
export class RunHistory {
  readonly #database: Knex;
  readonly #writeTimeoutMs: number;

  constructor(options: RunHistoryOptions) {
    this.#database = options.database;
    this.#writeTimeoutMs = options.writeTimeoutMs ?? WRITE_TIMEOUT_MS;
  }

  /**
   * Reads one page of the runs of a team.
   *
   * @param options.excludedIds - runs to leave out, because the caller reads them from the cluster.
   */
  async page(options: {
    team: string;
    query: RunsQuery;
    excludedIds: string[];
    offset: number;
    limit: number;
  }): Promise<RunRecord[]> {
    const { team, query, excludedIds, offset, limit } = options;
    const selected = this.#matching(team, query, excludedIds);
    if (query.state) {
      selected.where('state', query.state);
    }
    const rows = await selected
      .orderBy([
        { column: SORT_COLUMNS[query.sort], order: query.order },
        { column: 'id', order: query.order },
      ])
      .offset(offset)
      .limit(limit);
    return rows.map(toRecord);
  }

  /** Counts the runs of a team by state. */
  async counts(
    team: string,
    filter: RunFilter,
    excludedIds: string[],
  ): Promise<Partial<Record<RunState, number>>> {
    const rows: Array<{ state: RunState; count: string | number }> =
      await this.#matching(team, filter, excludedIds)
        .select('state')
        .count('* as count')
        .groupBy('state');
    return Object.fromEntries(
      rows.map(({ state, count }) => [state, Number(count)]),
    );
  }

  /** Reads one run of a team. */
  async find(team: string, id: string): Promise<RunRecord | undefined> {
    const row = await this.#database(TABLE).where({ team, id }).first();
    return row && toRecord(row);
  }

  /** Reads the runs whose Job is not known to be deleted. */
  async withoutRemovalTime(): Promise<RunRecord[]> {
    const rows = await this.#database(TABLE).whereNull('removed_at');
    return rows.map(toRecord);
  }

  /** Inserts or updates runs. Rows whose state has a higher rank, or is as high and was observed later, keep their values. */
  async upsert(runs: RunRecord[]): Promise<void> {
    if (runs.length === 0) {
      return;
    }
    // Sorted by id, so that concurrent writes of replicas do not deadlock.
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

  /** Deletes runs whose Job was deleted before a time (ISO 8601). */
  async deleteRemovedBefore(before: string): Promise<void> {
    await this.#database(TABLE)
      .where('removed_at', '<', before)
      .delete()
      .timeout(this.#writeTimeoutMs);
  }

  #matching(team: string, filter: RunFilter, excludedIds: string[]) {
    const { workload, environment, search } = filter;
    const selected = this.#database(TABLE)
      .where({
        team,
        ...(workload !== undefined && { workload }),
        ...(environment !== undefined && { environment }),
      })
      .whereNotIn('id', excludedIds);
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
  image: optional(z.string()),
  created_at: optional(z.string()),
  started_at: optional(z.string()),
  ended_at: optional(z.string()),
  duration_seconds: z.number(),
  gpus: z.number(),
  // PostgreSQL's driver returns `bigint` columns as strings.
  gpu_seconds: z.coerce.number(),
  gpu_amounts: optional(z.string()),
  slice_seconds: z.coerce.number(),
  retries: z.number(),
  exit_code: optional(z.number()),
  observed_at: z.string(),
  pods: z.string(),
  other_gpu_seconds: z.coerce.number(),
  other_slice_seconds: z.coerce.number(),
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
    image: record.image ?? null,
    created_at: record.createdAt ?? null,
    started_at: record.startedAt ?? null,
    ended_at: record.endedAt ?? null,
    sorted_at: sortedAt(record),
    duration_seconds: record.durationSeconds,
    gpus: record.gpus,
    gpu_seconds: record.gpuSeconds,
    gpu_amounts: JSON.stringify(record.gpuAmounts),
    slice_seconds: record.sliceSeconds,
    retries: record.retries,
    exit_code: record.exitCode ?? null,
    observed_at: record.observedAt,
    pods: JSON.stringify(record.pods),
    other_gpu_seconds: record.otherGpuSeconds,
    other_slice_seconds: record.otherSliceSeconds,
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
    image: parsed.image,
    createdAt: parsed.created_at,
    startedAt: parsed.started_at,
    endedAt: parsed.ended_at,
    durationSeconds: parsed.duration_seconds,
    gpus: parsed.gpus,
    gpuSeconds: parsed.gpu_seconds,
    gpuAmounts: z
      .array(gpuAmountSchema)
      .parse(JSON.parse(parsed.gpu_amounts ?? '[]')),
    sliceSeconds: parsed.slice_seconds,
    retries: parsed.retries,
    exitCode: parsed.exit_code,
    observedAt: parsed.observed_at,
    pods: z.array(podUseSchema).parse(JSON.parse(parsed.pods)),
    otherGpuSeconds: parsed.other_gpu_seconds,
    otherSliceSeconds: parsed.other_slice_seconds,
    removedAt: parsed.removed_at,
  };
}
