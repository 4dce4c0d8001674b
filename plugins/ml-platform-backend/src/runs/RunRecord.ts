import {
  costOfUse,
  roundMoney,
  type Prices,
  type Run,
  type RunState,
} from '@internal/plugin-ml-platform-common';
import type { PodUse } from './podUse';

/** A training run as the database keeps it. */
export interface RunRecord
  extends Omit<
    Run,
    'gpuHours' | 'gpuCost' | 'sliceHours' | 'live' | 'durationSeconds' | 'pod'
  > {
  durationSeconds: number;
  gpuSeconds: number;
  sliceSeconds: number;
  /** Time of the cluster's clock at which the run was like this; ISO 8601 with milliseconds. */
  observedAt: string;
  /** At most `MAX_PODS`, oldest first. */
  pods: PodUse[];
  /** Use by deleted pods that are not in `pods`. */
  otherGpuSeconds: number;
  otherSliceSeconds: number;
}

export const MAX_PODS = 100;

export const UNFINISHED: readonly RunState[] = [
  'Pending',
  'Running',
  'Suspended',
];

export function toRun(record: RunRecord, prices?: Prices): Run {
  const {
    gpuSeconds,
    sliceSeconds,
    observedAt: _observedAt,
    pods,
    otherGpuSeconds: _otherGpuSeconds,
    otherSliceSeconds: _otherSliceSeconds,
    ...run
  } = record;
  return {
    ...run,
    gpuHours: hours(gpuSeconds),
    sliceHours: hours(sliceSeconds),
    ...(prices && {
      gpuCost: roundMoney(
        costOfUse({ gpuHours: gpuSeconds / 3600 }, prices, undefined).gpu,
      ),
    }),
    pod: record.removedAt === undefined ? pods.at(-1)?.name : undefined,
    live: record.removedAt === undefined,
  };
}

/** Converts seconds to hours, rounded to the thousandth. */
export function hours(seconds: number): number {
  return Math.round(seconds / 3.6) / 1000;
}

/** Start time; before the start, the creation time. */
export function sortedAt({ startedAt, createdAt }: RunRecord): string {
  return startedAt ?? createdAt ?? '';
}
