import {
  parseStoredObjects,
  type ClusterStore,
  type ObjectChange,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { LRUCache } from 'lru-cache';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { DeletedPods } from './DeletedPods';
import { isRun } from './describeRun';
import { clusterNow, liveRuns, type DeletedJob } from './liveRuns';
import { podUse } from './podUse';
import type { RunRecord } from './RunRecord';

/** Deleted Jobs that are kept while the database is away; the oldest ones go first, and with them their last state. */
const MAX_DELETED_JOBS = 10_000;

/** A run that has to be written: the uid of its Job, and `cluster/namespace`. */
type PendingRun = [uid: string, location: string];

/** Collects the training runs whose Jobs or pods change in the cluster store, until they are written. */
export class RunChanges {
  /** Use by pods that were deleted while their Job exists. */
  readonly deletedPods = new DeletedPods();

  readonly #store: ClusterStore;
  readonly #unsubscribe: () => void;
  readonly #pending = new Map<string, string>();
  /** Uids of existing Jobs that are runs. */
  readonly #live = new Set<string>();
  /** By uid: Jobs whose deletion is not written, or whose pods still exist. */
  readonly #deletedJobs = new LRUCache<string, DeletedJob>({
    max: MAX_DELETED_JOBS,
  });

  constructor(store: ClusterStore) {
    this.#store = store;
    this.#unsubscribe = store.subscribe(change => this.#onChange(change));
  }

  stop(): void {
    this.#unsubscribe();
  }

  deletedJobs(): string[] {
    return [...this.#deletedJobs.keys()];
  }

  /** Marks runs to be written though nothing changed. */
  async markAll(
    filter: (job: StoredObject) => boolean = () => true,
  ): Promise<void> {
    for (const cluster of this.#store.clusters()) {
      const { items } = await this.#store.list(cluster, 'jobs');
      items.filter(filter).forEach(job => this.#markDirty(cluster, job));
    }
  }

  /** Empties the list of runs to be written; changes from now on are in the next one. */
  takePending(): PendingRun[] {
    const pending = [...this.#pending];
    this.#pending.clear();
    return pending;
  }

  putBack(runs: PendingRun[]): void {
    for (const [uid, location] of runs) {
      this.#pending.set(uid, location);
    }
  }

  /**
   * Describes pending runs.
   *
   * @returns `lost`: uids of deleted Jobs whose namespace is deleted, too, and with it the name of their team.
   */
  async describe(
    runs: PendingRun[],
  ): Promise<{ records: RunRecord[]; lost: string[] }> {
    const uids = new Set(runs.map(([uid]) => uid));
    const locations = new Set(runs.map(([, location]) => location));
    const described = await Promise.all(
      [...locations].map(location => this.#describeNamespace(location)),
    );
    const records = described.flat().filter(({ id }) => uids.has(id));
    records.forEach(({ id }) => uids.delete(id));
    return {
      records,
      lost: [...uids].filter(uid => this.#deletedJobs.has(uid)),
    };
  }

  /** Forgets deleted Jobs that are written, unless they have pods: what those do until they end counts. */
  async forgetWritten(uids: string[]): Promise<void> {
    for (const uid of uids) {
      const deleted = this.#deletedJobs.get(uid);
      if (!deleted) {
        continue;
      }
      const { cluster, namespace } = deleted;
      const { items } = await this.#store.list(cluster, 'pods', { namespace });
      const hasPods = items.some(({ metadata }) =>
        metadata.ownerReferences?.some(owner => owner.uid === uid),
      );
      if (!hasPods && !this.#pending.has(uid)) {
        this.#deletedJobs.delete(uid);
        this.deletedPods.forget(uid);
      }
    }
  }

  #onChange(change: ObjectChange) {
    if (change.type === 'jobs') {
      this.#onJobChange(change);
    } else if (change.type === 'pods') {
      this.#onPodChange(change);
    }
  }

  #onJobChange({ cluster, object, previous }: ObjectChange) {
    // A new Job can have the same name.
    if (previous && previous.metadata.uid !== object?.metadata.uid) {
      this.#onJobDeleted(cluster, previous);
    }
    if (object) {
      this.#markDirty(cluster, object);
    }
  }

  #markDirty(cluster: string, object: StoredObject) {
    const { uid, namespace } = object.metadata;
    const [job] = parseStoredObjects('jobs', [object]);
    if (uid && namespace && job && isRun(job)) {
      this.#live.add(uid);
      this.#deletedJobs.delete(uid);
      this.#pending.set(uid, `${cluster}/${namespace}`);
    }
  }

  #onJobDeleted(cluster: string, previous: StoredObject) {
    const { uid, namespace } = previous.metadata;
    const [job] = parseStoredObjects('jobs', [previous]);
    if (!uid || !namespace || !job || !isRun(job)) {
      return;
    }
    this.#live.delete(uid);
    this.#deletedJobs.set(uid, {
      cluster,
      namespace,
      job,
      removedAt: new Date().toISOString(),
      now: clusterNow(this.#store, cluster),
    });
    this.#pending.set(uid, `${cluster}/${namespace}`);
  }

  #onPodChange({ cluster, object, previous }: ObjectChange) {
    const { namespace, ownerReferences } = (object ?? previous)?.metadata ?? {};
    const owner = ownerReferences?.find(({ kind }) => kind === 'Job');
    if (!owner || !namespace || !this.#isTracked(owner.uid)) {
      return;
    }
    if (previous && previous.metadata.uid !== object?.metadata.uid) {
      const [pod] = parseStoredObjects('pods', [previous]);
      if (pod) {
        const now = clusterNow(this.#store, cluster);
        this.deletedPods.add(owner.uid, podUse(pod, now));
      }
    }
    this.#pending.set(owner.uid, `${cluster}/${namespace}`);
  }

  #isTracked(uid: string): boolean {
    return this.#live.has(uid) || this.#deletedJobs.has(uid);
  }

  async #describeNamespace(location: string): Promise<RunRecord[]> {
    const [cluster, namespace] = location.split('/');
    return liveRuns({
      reads: new FreshnessTracker({ store: this.#store }),
      store: this.#store,
      cluster,
      filter: { namespace },
      deletedPods: this.deletedPods,
      deletedJobs: [...this.#deletedJobs.values()].filter(
        job => job.cluster === cluster && job.namespace === namespace,
      ),
    });
  }
}
