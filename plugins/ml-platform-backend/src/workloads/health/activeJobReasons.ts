import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  eventTime,
  isActivePod,
  isFinishedPod,
  type Job,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { eventSince } from './eventSince';
import { creationReason } from './creationReason';
import { formatCount } from './formatting';
import { failedIndexesReason } from './jobFailureReason';
import {
  countFailedIndexes,
  isFailedIndex,
  indexOfPod,
  newestAttempts,
} from './jobIndexes';
import { lostPodReason } from './lostPodReason';
import type { NamespaceContext } from './NamespaceContext';
import { podReason } from './podReason';

/** Pods that an active Job should run at a time, and those that it runs. */
interface JobWorkers {
  total: number;
  running: number;
  pending: number;
}

/** Counts that the text of a reason names. Here a pod with a reason does not count as running. */
type WorkerCounts = Pick<JobWorkers, 'total' | 'running'>;

/** Counts the active pods of a Job that has not ended. */
export function jobWorkers(job: Job, pods: Pod[]): JobWorkers {
  const active = pods.filter(isActivePod);
  const running = active.filter(isRunningPod).length;
  const total = Math.max(active.length, wantedPods(job));
  return { total, running, pending: total - running };
}

/** Returns true while no container of the pod waits to be started again. */
function isRunningPod({ status }: Pod): boolean {
  return (
    status.phase === 'Running' &&
    !status.containerStatuses?.some(({ state }) => state?.waiting)
  );
}

/**
 * Reasons why pods of an active Job do not run, one for each kind of obstacle. Only the newest attempt of each index
 * counts, and attempts that ended only while nothing replaced them.
 *
 * @param pods - newest first.
 */
export function activeJobReasons(
  job: Job,
  pods: Pod[],
  context: NamespaceContext,
): HealthReason[] {
  if (job.spec.parallelism === 0) {
    return [
      {
        code: 'suspended',
        text: 'Suspended, because parallelism is 0: it creates no pods.',
      },
    ];
  }
  const { total } = jobWorkers(job, pods);
  const active = pods.filter(isActivePod);
  const reasons = active.flatMap(pod => podReason(pod, context) ?? []);
  const workers = { total, running: active.length - reasons.length };
  const missing = total - active.length;
  const failedIndexes = failedIndexesReason(job, pods, context);
  return [
    ...(failedIndexes ? [failedIndexes] : []),
    ...groupByText(reasons).map(group => describeGroup(group, workers)),
    ...(missing > 0
      ? missingReasons({ job, pods, context, missing, workers })
      : []),
  ];
}

/** @see kubernetes/kubernetes v1.36 pkg/controller/job/job_controller.go (`manageJob`: `wantActive`, `firstPendingIndexes`) */
function wantedPods(job: Job): number {
  const { spec, status } = job;
  const parallelism = spec.parallelism ?? 1;
  if (spec.completions === undefined) {
    // A work queue: after the first success no pod is created.
    return status.succeeded > 0 ? 0 : parallelism;
  }
  return Math.max(
    0,
    Math.min(
      parallelism,
      spec.completions - status.succeeded - countFailedIndexes(job),
    ),
  );
}

interface MissingPods {
  job: Job;
  pods: Pod[];
  context: NamespaceContext;
  missing: number;
  workers: WorkerCounts;
}

/** Reasons why a Job has fewer pods than it should. */
function missingReasons(options: MissingPods): HealthReason[] {
  const { job, pods, context, missing, workers } = options;
  const refusal = context.failedCreate(job);
  const newest = pods[0]?.metadata.creationTimestamp ?? '';
  if (refusal?.message && eventTime(refusal) >= newest) {
    return [
      describeGroup(
        {
          since: eventSince(refusal),
          ...creationReason(refusal.message, context),
          count: missing,
        },
        workers,
      ),
    ];
  }
  const lost = pods
    .filter(
      pod =>
        pod.metadata.deletionTimestamp !== undefined && !isFinishedPod(pod),
    )
    .flatMap(pod => lostPodReason(pod, context) ?? []);
  if (lost.length > 0) {
    return groupByText(lost).map(group => describeGroup(group, workers));
  }
  const failed = newestAttempts(pods)
    .filter(
      pod =>
        pod.status.phase === 'Failed' &&
        !isFailedIndex(job, indexOfPod(pod) ?? ''),
    )
    .slice(0, missing)
    .flatMap(pod => podReason(pod, context) ?? []);
  if (failed.length > 0) {
    const limit = job.spec.backoffLimitPerIndex ?? job.spec.backoffLimit;
    return groupByText(failed).map(group => ({
      ...describeGroup(group, workers),
      text: `${group.text} Kubernetes will retry${
        limit === undefined
          ? ''
          : ` (at most ${formatCount(limit, 'time', 'times')})`
      }.`,
    }));
  }
  return [notStartedReason(job, workers)];
}

function notStartedReason(
  { spec, status, metadata }: Job,
  { total, running }: WorkerCounts,
): HealthReason {
  if (status.startTime === undefined && spec.managedBy) {
    return {
      code: 'no-status',
      text: `The Job is managed by ${spec.managedBy}, which has not reported a status yet.`,
      since: metadata.creationTimestamp,
    };
  }
  return {
    code: 'starting',
    text:
      total === 1
        ? 'Its pod has not been created yet.'
        : `${running} of ${formatCount(
            total,
            'pod runs',
            'pods run',
          )}; the others have not been created yet.`,
    since: status.startTime ?? metadata.creationTimestamp,
  };
}

/** Merges reasons with the same text, with the number of pods and the earliest time. */
function groupByText(reasons: HealthReason[]): HealthReason[] {
  return [...Map.groupBy(reasons, ({ text }) => text).values()].map(group => {
    const since = group.flatMap(reason => reason.since ?? []).sort()[0];
    return {
      ...group[0],
      ...(since && { since }),
      ...(group.length > 1 && { object: undefined }),
      count: group.length,
    };
  });
}

/** Adds to the text how many pods the reason applies to, and how many run. */
function describeGroup(
  { count = 1, ...reason }: HealthReason,
  { total, running }: WorkerCounts,
): HealthReason {
  return total > 1
    ? {
        ...reason,
        text: `${count} of ${total} pods ${
          count === 1 ? 'is' : 'are'
        } not ready${
          running > 0 ? `, ${running} ${running === 1 ? 'runs' : 'run'}` : ''
        }. ${reason.text}`,
        count,
        total,
      }
    : reason;
}
