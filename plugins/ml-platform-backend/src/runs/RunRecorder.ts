import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  parseStoredObjects,
  type ClusterStore,
  type ObjectChange,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import type { SingleWriter } from '../database/SingleWriter';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { isRun } from './describeRun';
import { DeletedPods } from './DeletedPods';
import { clusterNow, liveRuns, type DeletedJob } from './liveRuns';
import { podUse } from './podUse';
import type { RunHistory } from './RunHistory';

const DAY_MS = 86_400_000;

/** Rows in one transaction. */
const BATCH = 500;

/** Jobs that went while no database was there; beyond that, the oldest are noted without their last moments. */
const MAX_REMOVED = 10_000;

export interface RecorderTiming {
  flushMs: number;
  /** How often the use of runs that go on is written down, for the case that nobody sees their end. */
  refreshMs: number;
  /** How often runs are forgotten that are too old, and a replica that does not write looks at what is written. */
  tidyMs: number;
}

const DEFAULT_TIMING: RecorderTiming = {
  flushMs: 2_000,
  refreshMs: 300_000,
  tidyMs: 60_000,
};

/**
 * Writes training runs down, so that they are known when their Jobs are gone. Every replica follows them; the one that
 * writes writes what changed, and everything when it begins to write.
 */
export class RunRecorder {
  /** Records from now on, until it is stopped. */
  static create(options: {
    store: ClusterStore;
    writer: SingleWriter;
    history: RunHistory;
    logger: LoggerService;
    keepDays: number;
    timing?: Partial<RecorderTiming>;
  }): RunRecorder {
    return new RunRecorder(options);
  }

  /** What pods did that are gone while their Job is there. */
  readonly gone = new DeletedPods();

  readonly #options: Parameters<typeof RunRecorder.create>[0];
  readonly #timing: RecorderTiming;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #unsubscribe: () => void;
  /** Uids of Jobs that have to be written, with `cluster/namespace`. */
  readonly #pending = new Map<string, string>();
  /** Uids of Jobs that are runs and in a cluster. */
  readonly #live = new Set<string>();
  /** Jobs that went and whose end is not written, or whose pods are still there. By uid. */
  readonly #removed = new Map<string, DeletedJob>();
  /** Clusters whose runs in the table have not been compared with their Jobs in this epoch. */
  #toReconcile = new Set<string>();
  #epoch: number | undefined;
  /** Whether `gone` has what the table knows. */
  #isLoaded = false;
  #refreshedAt = Date.now();
  #tidiedAt = 0;

  private constructor(options: Parameters<typeof RunRecorder.create>[0]) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#unsubscribe = options.store.subscribe(change => this.#notice(change));
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopping.abort();
    await this.#running;
  }

  #notice(change: ObjectChange) {
    if (change.type === 'jobs') {
      this.#noticeJob(change);
    } else if (change.type === 'pods') {
      this.#noticePod(change);
    }
  }

  #noticeJob({ cluster, object, previous }: ObjectChange) {
    // The same name may be another Job by now.
    if (previous && previous.metadata.uid !== object?.metadata.uid) {
      this.#noticeRemoval(cluster, previous);
    }
    if (object) {
      this.#mark(cluster, object);
    }
  }

  #mark(cluster: string, object: StoredObject) {
    const { uid, namespace } = object.metadata;
    const [job] = parseStoredObjects('jobs', [object]);
    if (uid && namespace && job && isRun(job)) {
      this.#live.add(uid);
      this.#removed.delete(uid);
      this.#pending.set(uid, `${cluster}/${namespace}`);
    }
  }

  #noticeRemoval(cluster: string, previous: StoredObject) {
    const { uid, namespace } = previous.metadata;
    const [job] = parseStoredObjects('jobs', [previous]);
    if (!uid || !namespace || !job || !isRun(job)) {
      return;
    }
    this.#live.delete(uid);
    this.#removed.set(uid, {
      cluster,
      namespace,
      job,
      removedAt: new Date().toISOString(),
      now: clusterNow(this.#options.store, cluster),
    });
    this.#pending.set(uid, `${cluster}/${namespace}`);
    const [oldest] = this.#removed.keys();
    if (this.#removed.size > MAX_REMOVED) {
      this.#removed.delete(oldest);
    }
  }

  #noticePod({ cluster, object, previous }: ObjectChange) {
    const { namespace, ownerReferences } = (object ?? previous)?.metadata ?? {};
    const owner = ownerReferences?.find(({ kind }) => kind === 'Job');
    if (!owner || !namespace || !this.#isFollowed(owner.uid)) {
      return;
    }
    if (previous && previous.metadata.uid !== object?.metadata.uid) {
      const [pod] = parseStoredObjects('pods', [previous]);
      if (pod) {
        const now = clusterNow(this.#options.store, cluster);
        this.gone.add(owner.uid, podUse(pod, now));
      }
    }
    this.#pending.set(owner.uid, `${cluster}/${namespace}`);
  }

  #isFollowed(uid: string): boolean {
    return this.#live.has(uid) || this.#removed.has(uid);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#markAll();
    while (!signal.aborted) {
      await this.#flush().catch(error =>
        this.#options.logger.warn(
          'Training runs cannot be recorded, trying again',
          toError(error),
        ),
      );
      await delay(this.#timing.flushMs, undefined, {
        signal,
        ref: false,
      }).catch(() => {});
    }
  }

  async #flush(): Promise<void> {
    const { writer } = this.#options;
    const epoch = writer.epoch();
    if (epoch === undefined) {
      // Whoever writes has them, too; and who begins to write, writes everything.
      this.#pending.clear();
      if (!this.#isLoaded) {
        await this.#load();
      }
      await this.#tidy(() => this.#forgetWritten());
      return;
    }
    if (epoch !== this.#epoch) {
      await this.#begin();
      this.#epoch = epoch;
    }
    await this.#refresh();
    await this.#writePending();
    await this.#reconcile();
    await this.#tidy(() => this.#forgetOld());
  }

  async #begin(): Promise<void> {
    await this.#markAll();
    await this.#load();
    for (const [uid, { cluster, namespace }] of this.#removed) {
      this.#pending.set(uid, `${cluster}/${namespace}`);
    }
    this.#tidiedAt = 0;
  }

  /** What went before this replica began. */
  async #load(): Promise<void> {
    const { store, history } = this.#options;
    const pods = new Set<string | undefined>();
    for (const cluster of store.clusters()) {
      const { items } = await store.list(cluster, 'pods');
      items.forEach(({ metadata }) => pods.add(metadata.uid));
    }
    for (const record of await history.unremoved()) {
      this.gone.merge(record, uid => pods.has(uid));
      this.#toReconcile.add(record.cluster);
    }
    this.#isLoaded = true;
  }

  async #markAll(
    which: (job: StoredObject) => boolean = () => true,
  ): Promise<void> {
    const { store } = this.#options;
    for (const cluster of store.clusters()) {
      const { items } = await store.list(cluster, 'jobs');
      items.filter(which).forEach(job => this.#mark(cluster, job));
    }
  }

  async #refresh(): Promise<void> {
    if (Date.now() - this.#refreshedAt < this.#timing.refreshMs) {
      return;
    }
    this.#refreshedAt = Date.now();
    await this.#markAll(({ status }) => Boolean(status?.active));
  }

  async #writePending(): Promise<void> {
    const all = [...this.#pending];
    for (let start = 0; start < all.length; start += BATCH) {
      const batch = all.slice(start, start + BATCH);
      // What changes from here on is pending again.
      batch.forEach(([uid]) => this.#pending.delete(uid));
      const isWritten = await this.#write(batch).catch(error => {
        this.#putBack(batch);
        throw error;
      });
      if (!isWritten) {
        this.#putBack(batch);
        return;
      }
    }
  }

  #putBack(batch: Array<[string, string]>) {
    for (const [uid, place] of batch) {
      this.#pending.set(uid, place);
    }
  }

  /** @returns whether it is written. */
  async #write(batch: Array<[uid: string, place: string]>): Promise<boolean> {
    const { writer, history } = this.#options;
    const wanted = new Set(batch.map(([uid]) => uid));
    const places = new Set(batch.map(([, place]) => place));
    const records = (
      await Promise.all([...places].map(place => this.#describe(place)))
    )
      .flat()
      .filter(({ id }) => wanted.has(id));
    const described = new Set(records.map(({ id }) => id));
    // Their namespace went, too, and with it whose they were; the row knows.
    const lost = [...wanted].filter(
      uid => this.#removed.has(uid) && !described.has(uid),
    );
    if (records.length === 0 && lost.length === 0) {
      return true;
    }
    const now = new Date().toISOString();
    const isWritten = await writer.write(async transaction => {
      await history.put(transaction, records);
      await history.remove(transaction, lost, now);
    });
    if (isWritten) {
      await this.#forgetRemoved([...described, ...lost]);
    }
    return isWritten;
  }

  async #describe(place: string) {
    const { store } = this.#options;
    const [cluster, namespace] = place.split('/');
    return liveRuns({
      reads: new FreshnessTracker({ store }),
      store,
      cluster,
      filter: { namespace },
      gone: this.gone,
      removed: [...this.#removed.values()].filter(
        each => each.cluster === cluster && each.namespace === namespace,
      ),
    });
  }

  /** Those whose pods are gone, too: what the pods did until they ended counts. */
  async #forgetRemoved(uids: string[]): Promise<void> {
    for (const uid of uids) {
      const removed = this.#removed.get(uid);
      if (!removed) {
        continue;
      }
      const { items } = await this.#options.store.list(
        removed.cluster,
        'pods',
        { namespace: removed.namespace },
      );
      const hasPods = items.some(({ metadata }) =>
        metadata.ownerReferences?.some(owner => owner.uid === uid),
      );
      if (!hasPods && !this.#pending.has(uid)) {
        this.#removed.delete(uid);
        this.gone.forget(uid);
      }
    }
  }

  /** Runs whose Jobs went while nobody looked. */
  async #reconcile(): Promise<void> {
    const { store, history, writer } = this.#options;
    if (this.#toReconcile.size === 0) {
      return;
    }
    const ready = [...this.#toReconcile].filter(cluster =>
      isKnown(store, cluster),
    );
    const there = new Set<string | undefined>(this.#removed.keys());
    for (const cluster of ready.filter(each =>
      store.clusters().includes(each),
    )) {
      const { items } = await store.list(cluster, 'jobs');
      items.forEach(({ metadata }) => there.add(metadata.uid));
    }
    const missing = (await history.unremoved())
      .filter(({ cluster, id }) => ready.includes(cluster) && !there.has(id))
      .map(({ id }) => id);
    const now = new Date().toISOString();
    const isDone =
      missing.length === 0 ||
      (await writer.write(transaction =>
        history.remove(transaction, missing, now),
      ));
    if (isDone) {
      missing.forEach(id => this.gone.forget(id));
      ready.forEach(cluster => this.#toReconcile.delete(cluster));
    }
  }

  async #tidy(work: () => Promise<void>): Promise<void> {
    if (Date.now() - this.#tidiedAt >= this.#timing.tidyMs) {
      this.#tidiedAt = Date.now();
      await work();
    }
  }

  async #forgetOld(): Promise<void> {
    const { writer, history, keepDays } = this.#options;
    const before = new Date(Date.now() - keepDays * DAY_MS).toISOString();
    await writer.write(transaction => history.forget(transaction, before));
  }

  /** Ends that another replica wrote need not be kept for the case that this one begins to write. */
  async #forgetWritten(): Promise<void> {
    if (this.#removed.size > 0) {
      const written = await this.#options.history.removedAmong([
        ...this.#removed.keys(),
      ]);
      await this.#forgetRemoved(written);
    }
  }
}

/** Whether all Jobs of a cluster have been seen. One that is no longer configured has none. */
function isKnown(store: ClusterStore, cluster: string): boolean {
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
