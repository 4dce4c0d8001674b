import { MAX_PODS, type RunRecord } from './RunRecord';
import type { PodUse } from './podUse';

/** GPU use of the deleted pods of a run. */
export interface DeletedPodUse {
  /** The newest pods, at most `MAX_PODS`. */
  pods: PodUse[];
  /** Sum of all older pods. */
  otherGpuSeconds: number;
  otherSliceSeconds: number;
}

const NO_DELETED_PODS: DeletedPodUse = {
  pods: [],
  otherGpuSeconds: 0,
  otherSliceSeconds: 0,
};

/** GPU use of pods that were deleted before their Job (retries, evictions), by run: seen by this replica or read from the database. */
export class DeletedPods {
  readonly #byRun = new Map<string, DeletedPodUse>();

  of(run: string): DeletedPodUse {
    return this.#byRun.get(run) ?? NO_DELETED_PODS;
  }

  add(run: string, use: PodUse): void {
    const { pods, otherGpuSeconds, otherSliceSeconds } = this.of(run);
    const all = [...pods.filter(({ uid }) => uid !== use.uid), use];
    const excess = all.slice(0, Math.max(0, all.length - MAX_PODS));
    this.#byRun.set(run, {
      pods: all.slice(excess.length),
      otherGpuSeconds:
        otherGpuSeconds +
        excess.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0),
      otherSliceSeconds:
        otherSliceSeconds +
        excess.reduce((sum, { sliceSeconds }) => sum + sliceSeconds, 0),
    });
  }

  /** Adds the use in a database record. @param exists - whether the cluster still has the pod, which is then not a deleted one. */
  merge(
    record: Pick<
      RunRecord,
      'id' | 'pods' | 'otherGpuSeconds' | 'otherSliceSeconds'
    >,
    exists: (pod: string) => boolean,
  ): void {
    const current = this.of(record.id);
    if (
      current.otherGpuSeconds < record.otherGpuSeconds ||
      current.otherSliceSeconds < record.otherSliceSeconds
    ) {
      this.#byRun.set(record.id, {
        ...current,
        otherGpuSeconds: record.otherGpuSeconds,
        otherSliceSeconds: record.otherSliceSeconds,
      });
    }
    for (const use of record.pods) {
      const isKnown = current.pods.some(({ uid }) => uid === use.uid);
      if (!isKnown && !exists(use.uid)) {
        this.add(record.id, use);
      }
    }
  }

  forget(run: string): void {
    this.#byRun.delete(run);
  }
}
