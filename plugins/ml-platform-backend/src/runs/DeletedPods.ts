import { MAX_PODS, type RunRecord } from './RunRecord';
import type { PodUse } from './podUse';

/** Use by the deleted pods of a run. Of more than `MAX_PODS`, the oldest are only a sum. */
export interface DeletedPodUse {
  pods: PodUse[];
  otherGpuSeconds: number;
}

const NO_DELETED_PODS: DeletedPodUse = { pods: [], otherGpuSeconds: 0 };

/** Use by pods that were deleted while their Job exists (retries, evictions), seen here or read from the database. */
export class DeletedPods {
  readonly #byRun = new Map<string, DeletedPodUse>();

  of(run: string): DeletedPodUse {
    return this.#byRun.get(run) ?? NO_DELETED_PODS;
  }

  add(run: string, use: PodUse): void {
    const { pods, otherGpuSeconds } = this.of(run);
    const all = [...pods.filter(({ uid }) => uid !== use.uid), use];
    const excess = all.slice(0, Math.max(0, all.length - MAX_PODS));
    this.#byRun.set(run, {
      pods: all.slice(excess.length),
      otherGpuSeconds:
        otherGpuSeconds +
        excess.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0),
    });
  }

  /** Adds what the database has. @param exists - whether the cluster has the pod. */
  merge(
    record: Pick<RunRecord, 'id' | 'pods' | 'otherGpuSeconds'>,
    exists: (pod: string) => boolean,
  ): void {
    const current = this.of(record.id);
    if (current.otherGpuSeconds < record.otherGpuSeconds) {
      this.#byRun.set(record.id, {
        ...current,
        otherGpuSeconds: record.otherGpuSeconds,
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
