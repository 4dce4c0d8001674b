import { MAX_PODS, type RunRecord } from './RunRecord';
import type { PodUse } from './podUse';

/** Pods of a run that are gone; of very many, the oldest are only a sum. */
export interface DeletedPod {
  pods: PodUse[];
  otherGpuSeconds: number;
}

const NOTHING: DeletedPod = { pods: [], otherGpuSeconds: 0 };

/** What pods did that are gone while their Job is there: retries, evictions. Seen here, or read from the database. */
export class DeletedPods {
  readonly #byRun = new Map<string, DeletedPod>();

  of(run: string): DeletedPod {
    return this.#byRun.get(run) ?? NOTHING;
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

  /** Adds what an earlier writer knew. @param isThere - whether the cluster still has the pod. */
  merge(
    record: Pick<RunRecord, 'id' | 'pods' | 'otherGpuSeconds'>,
    isThere: (pod: string) => boolean,
  ): void {
    const known = this.of(record.id);
    if (known.otherGpuSeconds < record.otherGpuSeconds) {
      this.#byRun.set(record.id, {
        ...known,
        otherGpuSeconds: record.otherGpuSeconds,
      });
    }
    for (const use of record.pods) {
      const isKnown = known.pods.some(({ uid }) => uid === use.uid);
      if (!isKnown && !isThere(use.uid)) {
        this.add(record.id, use);
      }
    }
  }

  forget(run: string): void {
    this.#byRun.delete(run);
  }
}
