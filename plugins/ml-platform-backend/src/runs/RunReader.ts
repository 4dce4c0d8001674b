import {
  runStateSchema,
  type ActiveRuns,
  type activeRunsQuerySchema,
  type Prices,
  type Run,
  type RunDetail,
  type Runs,
  type RunsQuery,
  type UpstreamProblem,
} from '@internal/plugin-ml-platform-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import {
  withTimeout,
  type ClusterStore,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import type { QueuePositions } from '../workloads/QueuePositions';
import type { DeletedPods } from './DeletedPods';
import { liveRuns } from './liveRuns';
import type { RunHistory } from './RunHistory';
import { hours, sortedAt, toRun, type RunRecord } from './RunRecord';

/** Longest time that a page waits for the database. */
const HISTORY_MS = 3_000;

const HISTORY_PROBLEM: UpstreamProblem = {
  source: 'Database',
  kind: 'unreachable',
  message:
    'The history of training runs cannot be read now. Only runs that still exist in a cluster are shown.',
};

type Counts = Runs['counts'];

/** States of runs that have not ended; waiting ones first. */
const ACTIVE: Run['state'][] = ['Pending', 'Suspended', 'Running'];

export interface RunReaderOptions {
  store: ClusterStore;
  history: RunHistory;
  deletedPods: DeletedPods;
  positions: QueuePositions;
  /** Absent when the platform has none. */
  prices?: Prices;
  logger: LoggerService;
}

/** Reads the training runs of a team: existing Jobs from memory, deleted ones from the database. */
export class RunReader {
  readonly #options: RunReaderOptions;

  constructor(options: RunReaderOptions) {
    this.#options = options;
  }

  async list(team: string, query: RunsQuery): Promise<Runs> {
    const { prices } = this.#options;
    const { reads, runs } = await this.#live(team);
    const matching = runs.filter(run => matchesRunsQuery(run, query));
    const live = matching
      .filter(({ state }) => query.state === undefined || state === query.state)
      .sort(compareRuns(query));
    const past = await this.#past(team, query, runs, live.length);
    const counts = addCounts(matching, past?.counts ?? {});
    const start = query.offset - (past?.offset ?? 0);
    return {
      items: [...live, ...(past?.runs ?? [])]
        .sort(compareRuns(query))
        .slice(start, start + query.limit)
        .map(record => toRun(record, prices)),
      total: query.state
        ? counts[query.state]
        : Object.values(counts).reduce((sum, count) => sum + count, 0),
      counts,
      ...(prices && {
        prices: { currency: prices.currency, sample: prices.sample },
      }),
      freshness: withHistoryProblem(reads, past === undefined),
    };
  }

  /** Teams outside the scope are neither listed nor counted. */
  async listActive(
    scope: TeamScope,
    { limit }: z.output<typeof activeRunsQuerySchema>,
  ): Promise<ActiveRuns> {
    const { reads, runs } = await this.#live();
    const active = runs
      .filter(
        ({ team, state }) => scope.includes(team) && ACTIVE.includes(state),
      )
      .sort(
        (a, b) =>
          ACTIVE.indexOf(a.state) - ACTIVE.indexOf(b.state) ||
          compareValues(sortedAt(a), sortedAt(b)),
      );
    return {
      items: active
        .slice(0, limit)
        .map(record => toRun(record, this.#options.prices)),
      total: active.length,
      freshness: reads.freshness(),
    };
  }

  /**
   * @returns undefined when the team has no such run.
   * @throws ServiceUnavailableError when the history cannot be read.
   */
  async find(team: string, id: string): Promise<RunDetail | undefined> {
    const { reads, runs } = await this.#live(team);
    const live = runs.find(run => run.id === id);
    const record = live ?? (await this.#findPast(team, id));
    return (
      record && {
        ...toRun(record, this.#options.prices),
        attempts: record.pods.map(
          ({ uid: _uid, name, gpuSeconds, sliceSeconds, ...use }) => ({
            pod: name,
            ...use,
            gpuHours: hours(gpuSeconds),
            sliceHours: hours(sliceSeconds),
          }),
        ),
        freshness: reads.freshness(),
      }
    );
  }

  /** @param team - absent: all teams. */
  async #live(
    team?: string,
  ): Promise<{ reads: FreshnessTracker; runs: RunRecord[] }> {
    const { store, deletedPods, positions } = this.#options;
    const reads = new FreshnessTracker({ store });
    const runs = await Promise.all(
      store.clusters().map(async cluster =>
        liveRuns({
          reads,
          store,
          cluster,
          filter: { team },
          deletedPods,
          positions: await positions.get(cluster),
        }),
      ),
    );
    return { reads, runs: runs.flat() };
  }

  /**
   * Reads the part of the history that can be on the page: live runs are sorted in between, at most `liveCount` of them
   * before the page.
   *
   * @returns undefined when the database cannot be read.
   */
  async #past(
    team: string,
    query: RunsQuery,
    live: RunRecord[],
    liveCount: number,
  ): Promise<
    { runs: RunRecord[]; counts: Partial<Counts>; offset: number } | undefined
  > {
    const { history, logger } = this.#options;
    const excludedIds = live.map(({ id }) => id);
    const offset = Math.max(0, query.offset - liveCount);
    const limit = query.offset + query.limit - offset;
    try {
      const [runs, counts] = await withTimeout(
        HISTORY_MS,
        Promise.all([
          history.page({ team, query, excludedIds, offset, limit }),
          history.counts(team, query, excludedIds),
        ]),
      );
      return { runs, counts, offset };
    } catch (error) {
      logger.warn(
        'Failed to read the history of training runs',
        toError(error),
      );
      return undefined;
    }
  }

  async #findPast(team: string, id: string): Promise<RunRecord | undefined> {
    const { history, logger } = this.#options;
    try {
      return await withTimeout(HISTORY_MS, history.find(team, id));
    } catch (error) {
      logger.warn('Failed to read a training run', toError(error));
      throw new ServiceUnavailableError(
        'The history of training runs cannot be read now. Try again in a minute.',
      );
    }
  }
}

function withHistoryProblem(
  reads: FreshnessTracker,
  isHistoryMissing: boolean,
): Runs['freshness'] {
  const freshness = reads.freshness();
  return isHistoryMissing
    ? {
        ...freshness,
        stale: true,
        problems: [...freshness.problems, HISTORY_PROBLEM],
      }
    : freshness;
}

/** Same filter as the query of `RunHistory`. */
function matchesRunsQuery(run: RunRecord, query: RunsQuery): boolean {
  const { workload, environment, search } = query;
  const needle = search?.toLowerCase() ?? '';
  return (
    (workload === undefined || run.workload === workload) &&
    (environment === undefined || run.environment === environment) &&
    [run.name, run.run, run.workload].some(text =>
      text?.toLowerCase().includes(needle),
    )
  );
}

const sortKeys: Record<RunsQuery['sort'], (run: RunRecord) => string | number> =
  {
    startedAt: sortedAt,
    duration: run => run.durationSeconds,
    gpuHours: run => run.gpuSeconds,
    name: run => run.name,
  };

/** Same order as in `RunHistory`. */
function compareRuns({ sort, order }: RunsQuery) {
  const sortKey = sortKeys[sort];
  const sign = order === 'asc' ? 1 : -1;
  return (a: RunRecord, b: RunRecord) =>
    sign * (compareValues(sortKey(a), sortKey(b)) || compareValues(a.id, b.id));
}

function compareValues(a: string | number, b: string | number): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function addCounts(live: Array<Pick<Run, 'state'>>, past: Partial<Counts>) {
  return Object.fromEntries(
    runStateSchema.options.map(state => [
      state,
      live.filter(run => run.state === state).length + (past[state] ?? 0),
    ]),
  ) as Counts;
}
