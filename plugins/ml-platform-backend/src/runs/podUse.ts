import {
  gpusOfSpec,
  runningContainers,
  wholeGpus,
  type Container,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { podReason } from '../workloads/health/podReason';

/** Times, result and GPU use of one pod of a run. Kept in the database after the pod is deleted. */
export const podUseSchema = z.object({
  uid: z.string(),
  name: z.string(),
  phase: z.string(),
  reason: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** Exit code of the failed container, else 0; absent while no container has ended. */
  exitCode: z.number().optional(),
  gpuSeconds: z.number(),
  /** For slices and shares of GPUs. */
  sliceSeconds: z.number().default(0),
});
export type PodUse = z.infer<typeof podUseSchema>;

interface Span {
  /** Whole GPUs. */
  gpus: number;
  slices: number;
  from: string;
  /** Absent while the container runs. */
  to?: string;
  exitCode?: number;
}

/**
 * Computes the use of a pod from the status of its containers.
 *
 * @param now - current time by the cluster's clock, ISO 8601; running containers count until then.
 */
export function podUse(pod: Pod, now: string): PodUse {
  const { metadata, status } = pod;
  const spans = spansOf(pod);
  const ended = spans.filter(({ to }) => to !== undefined);
  const last = ended.sort(byEnd).at(-1);
  const isRunning = spans.some(({ to }) => to === undefined);
  const failed = ended.filter(({ exitCode }) => exitCode).at(-1);
  const secondsOf = (countOf: (span: Span) => number) =>
    spans.reduce(
      (sum, span) =>
        sum + countOf(span) * secondsBetween(span.from, span.to ?? now),
      0,
    );
  return {
    uid: metadata.uid ?? metadata.name,
    name: metadata.name,
    phase: status.phase ?? 'Unknown',
    reason: podReason(pod)?.text,
    startedAt: spans.map(({ from }) => from).sort()[0],
    endedAt: isRunning ? undefined : last?.to,
    exitCode: failed?.exitCode ?? (isRunning ? undefined : last?.exitCode),
    gpuSeconds: secondsOf(({ gpus }) => gpus),
    sliceSeconds: secondsOf(({ slices }) => slices),
  };
}

/** Whole seconds between two times; 0 if negative, because clocks of nodes differ, or if either is not a time. */
export function secondsBetween(
  from: string | undefined,
  to: string | undefined,
): number {
  const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return seconds > 0 ? Math.floor(seconds) : 0;
}

/** Spans in which each container ran: the current one, and the one before its last restart. */
function spansOf({ spec, status }: Pod): Span[] {
  const { containerStatuses = [], initContainerStatuses = [] } = status;
  const gpus = new Map(
    runningContainers(spec).map(container => [
      container.name,
      unitsOf(container),
    ]),
  );
  return [...initContainerStatuses, ...containerStatuses]
    .flatMap(({ name, state: current, lastState }) =>
      [lastState, current].map(each => ({ name, each })),
    )
    .flatMap(({ name, each }) => {
      const from = each?.terminated?.startedAt ?? each?.running?.startedAt;
      if (!from || !gpus.has(name)) {
        return [];
      }
      return [
        {
          ...(gpus.get(name) ?? { gpus: 0, slices: 0 }),
          from,
          // Without an end time, a terminated container counts as one that never ran.
          to: each?.terminated && (each.terminated.finishedAt ?? from),
          exitCode: each?.terminated?.exitCode,
        },
      ];
    });
}

function unitsOf(container: Container): Pick<Span, 'gpus' | 'slices'> {
  const counts = gpusOfSpec({ containers: [container] });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const gpus = wholeGpus(counts);
  return { gpus, slices: all - gpus };
}

function byEnd(a: Span, b: Span): number {
  return (a.to ?? '').localeCompare(b.to ?? '');
}
