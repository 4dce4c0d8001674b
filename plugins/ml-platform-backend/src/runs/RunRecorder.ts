import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import type { DeletedPods } from './DeletedPods';
import { RunChanges } from './RunChanges';
import type { RunHistory } from './RunHistory';

const DAY_MS = 86_400_000;

const MAX_ROWS_PER_STATEMENT = 500;

/** Tolerance for comparing Kubernetes timestamps with our clock: timestamps have whole seconds, and the clock offset is known to a second. */
const CLOCK_TOLERANCE_MS = 5_000;

export interface RunRecorderTiming {
  /** Interval at which changed runs are written. */
  flushMs: number;
  /** Interval at which the GPU use of active runs is written, in case they end while no replica is running. */
  refreshMs: number;
  /** Interval at which rows are deleted whose Job was removed more than `keepDays` ago. */
  cleanUpMs: number;
}

const DEFAULT_TIMING: RunRecorderTiming = {
  flushMs: 2_000,
  refreshMs: 300_000,
  cleanUpMs: 60_000,
};

export interface RunRecorderOptions {
  store: ClusterStore;
  history: RunHistory;
  logger: LoggerService;
  /** Days to keep a run after its Job is removed. */
  keepDays: number;
  timing?: Partial<RunRecorderTiming>;
}

/**
 * Writes training runs to the database, so that the portal can list them after their Jobs are deleted. Every replica writes all
 * runs it sees; `RunHistory` keeps the most advanced state of each run.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions;
  readonly #timing: RunRecorderTiming;
  readonly #changes: RunChanges;
  readonly #stopping = new AbortController();
  readonly #startedAt = Date.now();
  readonly #running: Promise<void>;
  /** Clusters whose Jobs have not been compared with the rows in the database; undefined until the table has been read. */
  #toReconcile: Set<string> | undefined;
  #refreshedAt = Date.now();
  #cleanedUpAt = 0;
  #isFailing = false;

  /** Starts recording, until `stop` is called. */
  constructor(options: RunRecorderOptions) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#changes = new RunChanges(options.store);
    this.#running = this.#run();
  }

  /** GPU use of pods that were deleted before their Job. */
  get deletedPods(): DeletedPods {
    return this.#changes.deletedPods;
  }

  async stop(): Promise<void> {
    this.#changes.stop();
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#changes.markAll();
    while (!signal.aborted) {
      try {
        await this.#flush();
        this.#isFailing = false;
      } catch (error) {
        if (!this.#isFailing) {
          this.#options.logger.warn(
            'Failed to record training runs; retrying until it succeeds',
            toError(error),
          );
        }
        this.#isFailing = true;
      }
      await delay(this.#timing.flushMs, undefined, {
        signal,
        ref: false,
      }).catch(() => {});
    }
  }

  async #flush(): Promise<void> {
    const toReconcile = this.#toReconcile ?? (await this.#load());
    this.#toReconcile = toReconcile;
    await this.#refresh();
    await this.#writePending();
    await this.#reconcile(toReconcile);
    await this.#cleanUp();
  }

  /**
   * Reads the use of deleted pods that other replicas, or this one before a restart, have written.
   *
   * @returns the clusters of all runs in the table that are not marked as removed.
   */
  async #load(): Promise<Set<string>> {
    const { store, history } = this.#options;
    const pods = new Set<string | undefined>();
    for (const cluster of store.clusters()) {
      const { items } = await store.list(cluster, 'pods');
      items.forEach(({ metadata }) => pods.add(metadata.uid));
    }
    const records = await history.withoutRemovalTime();
    for (const record of records) {
      this.deletedPods.merge(record, uid => pods.has(uid));
    }
    return new Set(records.map(({ cluster }) => cluster));
  }

  /** Marks active runs to be written, because their GPU use grows without a change in the cluster. */
  async #refresh(): Promise<void> {
    if (Date.now() - this.#refreshedAt < this.#timing.refreshMs) {
      return;
    }
    this.#refreshedAt = Date.now();
    await this.#changes.markAll(({ status }) => Boolean(status?.active));
  }

  /** Writes pending runs in batches. After an error, those that are not written stay pending. */
  async #writePending(): Promise<void> {
    const { history } = this.#options;
    const pending = this.#changes.takePending();
    while (pending.length > 0) {
      const batch = pending.slice(0, MAX_ROWS_PER_STATEMENT);
      try {
        const { records, lost } = await this.#changes.describe(batch);
        await history.upsert(records);
        await history.markRemoved(lost, new Date().toISOString());
        await this.#changes.forgetWritten([
          ...records.map(({ id }) => id),
          ...lost,
        ]);
      } catch (error) {
        this.#changes.putBack(pending);
        throw error;
      }
      pending.splice(0, MAX_ROWS_PER_STATEMENT);
    }
  }

  /** Marks runs as removed whose Jobs were deleted while no replica was running. */
  async #reconcile(toReconcile: Set<string>): Promise<void> {
    const { store, history } = this.#options;
    const ready = [...toReconcile].filter(cluster =>
      hasAllJobs(store, cluster),
    );
    if (ready.length === 0) {
      return;
    }
    const existing = new Set<string | undefined>(this.#changes.deletedJobs());
    for (const cluster of ready) {
      if (store.clusters().includes(cluster)) {
        const { items } = await store.list(cluster, 'jobs');
        items.forEach(({ metadata }) => existing.add(metadata.uid));
      }
    }
    const missing = (await history.withoutRemovalTime())
      .filter(
        ({ id, cluster, createdAt }) =>
          ready.includes(cluster) &&
          !existing.has(id) &&
          this.#isOlderThanStore(cluster, createdAt),
      )
      .map(({ id }) => id);
    await history.markRemoved(missing, new Date().toISOString());
    missing.forEach(id => this.deletedPods.forget(id));
    ready.forEach(cluster => toReconcile.delete(cluster));
  }

  /** Checks if a Job was created before this replica started. A newer Job may be known to another replica only. */
  #isOlderThanStore(cluster: string, createdAt: string | undefined): boolean {
    const startedAt =
      this.#startedAt + this.#options.store.clockAheadMs(cluster);
    return (
      createdAt !== undefined &&
      Date.parse(createdAt) < startedAt - CLOCK_TOLERANCE_MS
    );
  }

  async #cleanUp(): Promise<void> {
    const { history, keepDays } = this.#options;
    if (Date.now() - this.#cleanedUpAt >= this.#timing.cleanUpMs) {
      this.#cleanedUpAt = Date.now();
      const before = new Date(Date.now() - keepDays * DAY_MS);
      await history.deleteRemovedBefore(before.toISOString());
    }
  }
}

/** Checks if all Jobs of a cluster have been listed. A cluster that is no longer configured counts as listed, without Jobs. */
function hasAllJobs(store: ClusterStore, cluster: string): boolean {
  return (
    !store.clusters().includes(cluster) ||
    store
      .status()
      .some(
        status =>
          status.cluster === cluster &&
          status.type === 'jobs' &&
          status.state === 'synced',
      )
  );
}
