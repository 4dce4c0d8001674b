import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  jobCondition,
  redactAddresses,
  type Condition,
  type Job,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatCount } from './formatting';
import {
  failedIndexesText,
  indexOfPod,
  isFailedIndex,
  jobIndexes,
} from './jobIndexes';
import type { NamespaceContext } from './NamespaceContext';
import { podReason } from './podReason';

/** The condition with which a Job has failed, or is about to after its pods have ended. */
export function failedCondition(job: Job): Condition | undefined {
  return jobCondition(job, 'Failed') ?? jobCondition(job, 'FailureTarget');
}

/**
 * Reason why a Job failed.
 *
 * @param pods - newest first.
 *
 * @see kubernetes/kubernetes v1.36 staging/src/k8s.io/api/batch/v1/types.go (`JobReason…`), pkg/controller/job/job_controller.go
 */
export function jobFailureReason(
  job: Job,
  pods: Pod[],
  context: NamespaceContext,
): HealthReason {
  const {
    reason,
    message,
    lastTransitionTime: since,
  } = failedCondition(job) ?? {};
  if (reason === 'DeadlineExceeded') {
    const limit = job.spec.activeDeadlineSeconds;
    return {
      code: 'deadline-exceeded',
      text: `The Job ran longer than its deadline${
        limit ? ` of ${formatDuration(limit)}` : ''
      }. Raise the deadline or resume from a checkpoint.`,
      since,
    };
  }
  const indexes = indexesText(job, reason);
  const cause = failedPods(job, pods)
    .map(pod => podReason(pod, context))
    .find(candidate => candidate !== undefined);
  const policy =
    reason === 'PodFailurePolicy' && message ? policyText(message) : undefined;
  const attempts = indexes ? '' : attemptsText(job);
  const parts = [indexes?.text, policy, cause?.text, attempts];
  if (cause) {
    return {
      ...cause,
      text: parts.filter(Boolean).join(' '),
      since: since ?? cause.since,
      ...indexes?.counts,
    };
  }
  return {
    code: 'job-failed',
    text:
      indexes || policy
        ? parts.filter(Boolean).join(' ')
        : `The Job failed. ${
            attempts || (message ? asSentence(redactAddresses(message)) : '')
          }`.trim(),
    since,
    ...indexes?.counts,
  };
}

/** Reason of an Indexed Job that continues although some of its indexes failed permanently. */
export function failedIndexesReason(
  job: Job,
  pods: Pod[],
  context: NamespaceContext,
): HealthReason | undefined {
  const indexes = jobIndexes(job);
  const names = failedIndexesText(job);
  if (!indexes || !names) {
    return undefined;
  }
  const limit = job.spec.maxFailedIndexes;
  const cause = failedPods(job, pods)
    .map(pod => podReason(pod, context))
    .find(candidate => candidate !== undefined);
  return {
    code: 'job-failed',
    since: cause?.since,
    text: `${names} failed; ${indexes.succeeded} of ${
      indexes.total
    } succeeded so far, and the others go on${
      limit === undefined ? '' : ` until more than ${limit} have failed`
    }.${cause ? ` ${cause.text}` : ''}`,
    count: indexes.failed,
    total: indexes.total,
  };
}

/** Failed pods; for an Indexed Job, those of indexes that failed for good. */
export function failedPods(job: Job, pods: Pod[]): Pod[] {
  const failed = pods.filter(({ status }) => status.phase === 'Failed');
  const ofFailedIndexes = failed.filter(pod => {
    const index = indexOfPod(pod);
    return index !== undefined && isFailedIndex(job, index);
  });
  return ofFailedIndexes.length > 0 ? ofFailedIndexes : failed;
}

function indexesText(job: Job, reason: string | undefined) {
  const indexes = jobIndexes(job);
  const names = failedIndexesText(job);
  if (!indexes || !names) {
    return undefined;
  }
  const limit = job.spec.maxFailedIndexes;
  const stopped =
    reason === 'MaxFailedIndexesExceeded' && limit !== undefined
      ? ` The Job was stopped because more than ${formatCount(
          limit,
          'index',
          'indexes',
        )} failed.`
      : '';
  return {
    text: `${names} failed; ${indexes.succeeded} of ${indexes.total} succeeded.${stopped}`,
    counts: { count: indexes.failed, total: indexes.total },
  };
}

/** Repeats which rule of the pod failure policy ended the Job, without the pod's namespace. */
function policyText(message: string): string {
  const match =
    /Container (\S+) for pod \S+ failed with exit code (\d+) matching (\w+) rule at index (\d+)/.exec(
      message,
    );
  return match
    ? `The Job was ended by rule ${Number(match[4]) + 1} (${
        match[3]
      }) of its pod failure policy.`
    : `The Job was ended by its pod failure policy: ${asSentence(
        redactAddresses(message),
      )}`;
}

function attemptsText({ status }: Job): string {
  return status.failed > 1 ? `${status.failed} attempts failed.` : '';
}

function formatDuration(seconds: number): string {
  if (seconds % 3600 === 0) {
    return `${seconds / 3600} h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
