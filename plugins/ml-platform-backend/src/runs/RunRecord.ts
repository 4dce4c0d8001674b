import type { Run, RunState } from '@internal/plugin-ml-platform-common';
import type { PodUse } from './podUse';

/** What is known of a run, as the database keeps it. */
export interface RunRecord
  extends Omit<Run, 'gpuHours' | 'live' | 'durationSeconds'> {
  durationSeconds: number;
  gpuSeconds: number;
  /** At most `MAX_PODS`, oldest first. */
  pods: PodUse[];
  /** Of pods that are gone and not in `pods`. */
  otherGpuSeconds: number;
}

export const MAX_PODS = 100;

export const UNFINISHED: readonly RunState[] = [
  'Pending',
  'Running',
  'Suspended',
];

export function toRun(record: RunRecord): Run {
  const { gpuSeconds, pods: _pods, otherGpuSeconds: _other, ...run } = record;
  return {
    ...run,
    gpuHours: hours(gpuSeconds),
    live: record.removedAt === undefined,
  };
}

/** To the thousandth. */
export function hours(seconds: number): number {
  return Math.round(seconds / 3.6) / 1000;
}

/** When it started; before that, when it was made. */
export function sortedAt({ startedAt, createdAt }: RunRecord): string {
  return startedAt ?? createdAt ?? '';
}
