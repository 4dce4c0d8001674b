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

/** Maximum number of deleted Jobs kept while the database is unavailable. The oldest are dropped, and their last state is lost. */
const MAX_DELETED_JOBS = 10_000;

/** A run to be written: the UID of its Job, and `cluster/namespace`. */
type PendingRun = [uid: string, location: string];

/** Collects the training runs whose Jobs or pods change in the cluster store, until they are written. */
export class RunChanges {
  /** GPU use of pods that were deleted before their Job. */
  readonly deletedPods = new DeletedPods();

  readonly #store: ClusterStore;
  readonly #unsubscribe: () => void;
  /** `cluster/namespace` of runs to be written, by UID of the Job. */
  readonly #pending = new Map<string, string>();
  /** UIDs of existing Jobs that are runs. */
  readonly #live = new Set<string>();
  /** By UID: deleted Jobs whose deletion has not been written yet, or whose pods still exist. */
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

  /** Marks all runs that match `filter` to be written, changed or not. */
  async markAll(
    filter: (job: StoredObject) => boolean = () => true,
  ): Promise<void> {
    for (const cluster of this.#store.clusters()) {
      const { items } = await this.#store.list(cluster, 'jobs');
      items.filter(filter).forEach(job => this.#markDirty(cluster, job));
    }
  }

  /** Returns the runs to be written, and removes them from the pending ones. */
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
   * @returns `lost`: UIDs of deleted Jobs that cannot be described, because their namespace with the name of the team is deleted as well.
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

  /** Forgets deleted Jobs that have been written, except those with remaining pods: their use still grows. */
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
    // A new Job can replace one with the same name.
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
