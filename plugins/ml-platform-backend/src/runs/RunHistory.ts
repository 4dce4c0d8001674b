import {
  runStateSchema,
  type RunsQuery,
  type RunState,
} from '@internal/plugin-ml-platform-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { podUseSchema } from './podUse';
import { sortedAt, UNFINISHED, type RunRecord } from './RunRecord';

const TABLE = 'runs';

const columns = {
  startedAt: 'sorted_at',
  duration: 'duration_seconds',
  gpuHours: 'gpu_seconds',
  name: 'name',
} as const;

export type RunFilter = Pick<RunsQuery, 'workload' | 'environment' | 'search'>;

/** The table of runs. Whatever writes gets the writer's transaction. */
export class RunHistory {
  static create(database: Knex): RunHistory {
    return new RunHistory(database);
  }

  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  /** @param options.except - ids that are known otherwise. */
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

  /** Runs of which no writer has noted that their Job is gone. */
  async unremoved(): Promise<RunRecord[]> {
    const rows = await this.#database(TABLE).whereNull('removed_at');
    return rows.map(toRecord);
  }

  /** Of these, the ones whose end a writer has noted. */
  async removedAmong(ids: string[]): Promise<string[]> {
    return this.#database(TABLE)
      .whereIn('id', ids)
      .whereNotNull('removed_at')
      .pluck('id');
  }

  async put(transaction: Knex.Transaction, runs: RunRecord[]): Promise<void> {
    if (runs.length > 0) {
      await transaction(TABLE).insert(runs.map(toRow)).onConflict('id').merge();
    }
  }

  /** Notes that their Jobs are gone, which nobody saw. */
  async remove(
    transaction: Knex.Transaction,
    ids: string[],
    removedAt: string,
  ): Promise<void> {
    await transaction(TABLE)
      .whereIn('id', ids)
      .whereIn('state', [...UNFINISHED])
      .update({
        state: 'Removed' satisfies RunState,
        reason: 'Its Job was gone when the portal looked again.',
      });
    await transaction(TABLE)
      .whereIn('id', ids)
      .update({ removed_at: removedAt });
  }

  /** @param before - ISO 8601. */
  async forget(transaction: Knex.Transaction, before: string): Promise<void> {
    await transaction(TABLE).where('removed_at', '<', before).delete();
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
    pods: z.array(podUseSchema).parse(JSON.parse(parsed.pods)),
    otherGpuSeconds: parsed.other_gpu_seconds,
    removedAt: parsed.removed_at,
  };
}
