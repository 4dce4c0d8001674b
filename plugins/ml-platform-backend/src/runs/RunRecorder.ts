import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import type { DeletedPods } from './DeletedPods';
import { RunChanges } from './RunChanges';
import type { RunHistory } from './RunHistory';

const DAY_MS = 86_400_000;

/** Rows in one statement. */
const BATCH = 500;

/** The cluster writes times in whole seconds, and its clock is known to about one. */
const CLOCK_TOLERANCE_MS = 5_000;

export interface RunRecorderTiming {
  flushMs: number;
  /** Interval at which the use of active runs is written, in case nobody sees their end. */
  refreshMs: number;
  /** Interval at which runs are removed that are older than `keepDays`. */
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
  keepDays: number;
  timing?: Partial<RunRecorderTiming>;
}

/**
 * Writes training runs to the database, so that they are known after their Jobs are deleted. Every replica writes all it
 * sees; `RunHistory` keeps the furthest state of each run.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions;
  readonly #timing: RunRecorderTiming;
  readonly #changes: RunChanges;
  readonly #stopping = new AbortController();
  readonly #startedAt = Date.now();
  readonly #running: Promise<void>;
  /** Clusters whose rows have not been compared with their Jobs yet; undefined until the table has been read. */
  #toReconcile: Set<string> | undefined;
  #refreshedAt = Date.now();
  #cleanedUpAt = 0;
  #isFailing = false;

  /** Records from now on, until it is stopped. */
  constructor(options: RunRecorderOptions) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#changes = new RunChanges(options.store);
    this.#running = this.#run();
  }

  /** Use by pods that were deleted while their Job exists. */
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
   * Reads what other replicas, or this one before its restart, knew of deleted pods.
   *
   * @returns the clusters that the table has existing runs of.
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

  async #refresh(): Promise<void> {
    if (Date.now() - this.#refreshedAt < this.#timing.refreshMs) {
      return;
    }
    this.#refreshedAt = Date.now();
    await this.#changes.markAll(({ status }) => Boolean(status?.active));
  }

  async #writePending(): Promise<void> {
    const { history } = this.#options;
    const pending = this.#changes.takePending();
    while (pending.length > 0) {
      const batch = pending.slice(0, BATCH);
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
      pending.splice(0, BATCH);
    }
  }

  /** Marks runs as removed whose Jobs were deleted while the portal was not running. */
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

  /** Another replica may have written a newer Job that has not reached this replica yet. */
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

/** Checks if all Jobs of a cluster have been listed. A cluster that is no longer configured has none. */
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
