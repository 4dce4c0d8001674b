import type { Run, Runs } from '@internal/plugin-ml-platform-common';
import type { Tone } from '../shared/Pill';

export const RUN_TONES: Record<Run['state'], Tone> = {
  Pending: 'warning',
  Running: 'busy',
  Succeeded: 'good',
  Failed: 'bad',
  Suspended: 'neutral',
  Removed: 'neutral',
};

/** Name of a run: of its label, or of its Job. */
export function runName({ run, name }: Pick<Run, 'run' | 'name'>): string {
  return run ?? name;
}

/** True for runs that wait, run or are suspended. */
export function isUnfinished({ state }: Pick<Run, 'state'>): boolean {
  return state === 'Pending' || state === 'Running' || state === 'Suspended';
}

/** Label of the state, with the place in the queue, for example "Pending, 3 of 9 in gpu-batch". */
export function runState({ state, queue, exitCode }: Run): string {
  if (queue) {
    return `${state}, ${queue.position} of ${queue.length} in ${queue.name}`;
  }
  return state === 'Failed' && exitCode ? `${state}, exit ${exitCode}` : state;
}

/** Formats seconds, for example "1 h 12 min"; undefined before the start. */
export function runDuration({
  startedAt,
  durationSeconds,
}: Pick<Run, 'startedAt' | 'durationSeconds'>): string | undefined {
  if (!startedAt) {
    return undefined;
  }
  const hours = Math.floor(durationSeconds / 3600);
  const minutes = Math.floor((durationSeconds % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${durationSeconds} s`;
}

/** Formats GPU hours; hours of slices and shares are named, since they are no whole GPUs. */
export function gpuHoursText({
  gpuHours,
  sliceHours,
}: Pick<Run, 'gpuHours' | 'sliceHours'>): string {
  return sliceHours > 0
    ? `${formatHours(gpuHours)}, and ${formatHours(sliceHours)} of slices`
    : formatHours(gpuHours);
}

function formatHours(amount: number): string {
  return amount.toLocaleString('en', {
    maximumFractionDigits: amount < 1 ? 2 : 1,
  });
}

/** Formats the GPU cost of a run; "–" without prices. */
export function gpuCostText(
  { gpuCost }: Pick<Run, 'gpuCost'>,
  prices: Runs['prices'],
): string {
  return gpuCost === undefined || !prices
    ? '–'
    : new Intl.NumberFormat('en', {
        style: 'currency',
        currency: prices.currency,
      }).format(gpuCost);
}
