import { z } from 'zod';
import { metadataSchema } from '../kubernetes/metadata';
import { podReason } from '../workloads/health/podReason';
import type { Pod } from '../kubernetes/pod';
import { gpuCount, runningContainers } from '../kubernetes/podTemplate';

/** Use of a run's pod; outlives the pod. */
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
});
export type PodUse = z.infer<typeof podUseSchema>;

const terminated = z.object({
  exitCode: z.number(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
});
const state = z
  .object({
    running: z.object({ startedAt: z.string().optional() }).optional(),
    terminated: terminated.optional(),
  })
  .optional();

/** Times of the containers of a pod. */
export const timedPodSchema = z.object({
  metadata: metadataSchema,
  status: z
    .object({
      containerStatuses: z
        .array(z.object({ name: z.string(), state, lastState: state }))
        .default([]),
      initContainerStatuses: z
        .array(z.object({ name: z.string(), state, lastState: state }))
        .default([]),
    })
    .default({ containerStatuses: [], initContainerStatuses: [] }),
});
export type TimedPod = z.infer<typeof timedPodSchema>;

interface Span {
  gpus: number;
  from: string;
  /** Absent while the container runs. */
  to?: string;
  exitCode?: number;
}

/**
 * @param now - time of the cluster's clock, ISO 8601: running containers count until then.
 */
export function podUse(pod: Pod, times: TimedPod, now: string): PodUse {
  const { metadata, status } = pod;
  const spans = spansOf(pod, times);
  const ended = spans.filter(({ to }) => to !== undefined);
  const last = ended.sort(byEnd).at(-1);
  const isRunning = spans.some(({ to }) => to === undefined);
  const failed = ended.filter(({ exitCode }) => exitCode).at(-1);
  return {
    uid: metadata.uid ?? metadata.name,
    name: metadata.name,
    phase: status.phase ?? 'Unknown',
    reason: podReason(pod)?.text,
    startedAt: spans.map(({ from }) => from).sort()[0],
    endedAt: isRunning ? undefined : last?.to,
    exitCode: failed?.exitCode ?? (isRunning ? undefined : last?.exitCode),
    gpuSeconds: spans.reduce(
      (sum, { gpus, from, to }) => sum + gpus * secondsBetween(from, to ?? now),
      0,
    ),
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
function spansOf(pod: Pod, { status }: TimedPod): Span[] {
  const gpus = new Map(
    runningContainers(pod.spec).map(container => [
      container.name,
      gpuCount({ containers: [container] }),
    ]),
  );
  return [...status.initContainerStatuses, ...status.containerStatuses]
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
          gpus: gpus.get(name) ?? 0,
          from,
          // Without an end time, a terminated container counts as one that never ran.
          to: each?.terminated && (each.terminated.finishedAt ?? from),
          exitCode: each?.terminated?.exitCode,
        },
      ];
    });
}

function byEnd(a: Span, b: Span): number {
  return (a.to ?? '').localeCompare(b.to ?? '');
}
