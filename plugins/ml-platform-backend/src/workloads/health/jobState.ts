import {
  RUN_LABEL,
  type HealthReason,
  type JobSummary,
} from '@internal/plugin-ml-platform-common';
import {
  gpuAmounts,
  gpuCount,
  gpusOfSpec,
  jobCondition,
  queueOfLabels,
  type Job,
  type KueueWorkload,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { activeJobReasons, jobWorkers } from './activeJobReasons';
import {
  failedCondition,
  failedPods,
  jobFailureReason,
} from './jobFailureReason';
import { jobIndexes } from './jobIndexes';
import type { NamespaceContext } from './NamespaceContext';
import { labelQueueReason } from './queueReason';

/** State of a Job or CronJob, without its environment and queue position. */
export interface JobState {
  summary: Omit<JobSummary, 'environment' | 'cluster' | 'reason' | 'reasons'>;
  reasons: HealthReason[];
  /** Kueue's Workload that has to be admitted before the Job starts. */
  queued?: KueueWorkload;
}

/** Summarises a Job and explains why it has not succeeded. */
export function jobState(job: Job, context: NamespaceContext): JobState {
  const pods = context.podsOf(job);
  const queued = isEnded(job) ? undefined : context.queuedWorkloadOf(job);
  const state = jobPhase(job, pods, queued);
  const isActive = state === 'Pending' || state === 'Running';
  const reasons = queued ? [] : jobReasons(job, state, pods, context);
  const { metadata, spec, status } = job;
  return {
    summary: {
      kind: 'Job',
      name: metadata.name,
      namespace: context.namespace,
      state,
      run: metadata.labels?.[RUN_LABEL],
      startedAt: status.startTime,
      completedAt:
        status.completionTime ??
        jobCondition(job, 'Failed')?.lastTransitionTime,
      failures: status.failed,
      ...(isActive && !queued && { workers: jobWorkers(job, pods) }),
      indexes: jobIndexes(job),
      gpus: gpuCount(spec.template.spec),
      gpuAmounts: gpuAmounts(gpusOfSpec(spec.template.spec)),
      pod: podWithLogs(job, state, pods)?.metadata.name,
    },
    reasons: reasons.map(reason => ({
      ...reason,
      object: reason.object ?? { kind: 'Job', name: metadata.name },
    })),
    queued,
  };
}

export function isEnded(job: Job): boolean {
  return Boolean(jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed'));
}

/** The pod with the most useful logs: of a failed Job one that failed, otherwise one that runs. */
function podWithLogs(
  job: Job,
  state: JobSummary['state'],
  pods: Pod[],
): Pod | undefined {
  const preferred =
    state === 'Failed'
      ? failedPods(job, pods)
      : pods.filter(({ status }) => status.phase === 'Running');
  return preferred[0] ?? pods[0];
}

function jobPhase(
  job: Job,
  pods: Pod[],
  queued: KueueWorkload | undefined,
): JobSummary['state'] {
  if (jobCondition(job, 'Complete')) {
    return 'Succeeded';
  }
  if (failedCondition(job)) {
    return 'Failed';
  }
  if (queued || (job.spec.suspend && queueOfLabels(job) !== undefined)) {
    return 'Pending';
  }
  if (job.spec.suspend) {
    return 'Suspended';
  }
  return pods.some(({ status }) => status.phase === 'Running')
    ? 'Running'
    : 'Pending';
}

function jobReasons(
  job: Job,
  state: JobSummary['state'],
  pods: Pod[],
  context: NamespaceContext,
): HealthReason[] {
  switch (state) {
    case 'Succeeded':
      return [];
    case 'Failed':
      return [jobFailureReason(job, pods, context)];
    case 'Suspended':
      return [
        {
          code: 'suspended',
          text: 'Suspended until it is resumed.',
          since: jobCondition(job, 'Suspended')?.lastTransitionTime,
        },
      ];
    default: {
      const queueReason = job.spec.suspend ? labelQueueReason(job) : undefined;
      if (queueReason) {
        return [queueReason];
      }
      // The pods of a Job that has met its success criteria are only stopped.
      return jobCondition(job, 'SuccessCriteriaMet')
        ? []
        : activeJobReasons(job, pods, context);
    }
  }
}
