import {
  RUN_LABEL,
  type HealthReason,
  type JobSummary,
} from '@internal/plugin-ml-platform-common';
import {
  gpuAmounts,
  gpuCount,
  gpusOfSpec,
  isOwnedBy,
  jobCondition,
  newestFirst,
  queueOfLabels,
  redactAddresses,
  type CronJob,
  type Job,
  type KueueWorkload,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { creationReason } from './creationReason';
import { asSentence } from './formatting';
import type { NamespaceContext } from './NamespaceContext';
import { podReason } from './podReason';
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
  const reason = queued ? undefined : jobReason(job, state, pods, context);
  return {
    summary: {
      kind: 'Job',
      name: job.metadata.name,
      namespace: context.namespace,
      state,
      run: job.metadata.labels?.[RUN_LABEL],
      startedAt: job.status.startTime,
      completedAt:
        job.status.completionTime ??
        jobCondition(job, 'Failed')?.lastTransitionTime,
      failures: job.status.failed,
      gpus: gpuCount(job.spec.template.spec),
      gpuAmounts: gpuAmounts(gpusOfSpec(job.spec.template.spec)),
      pod: pods[0]?.metadata.name,
    },
    reasons: reason
      ? [{ object: { kind: 'Job', name: job.metadata.name }, ...reason }]
      : [],
    queued,
  };
}

/** Summarises a CronJob, with the times, failures and reasons of its newest Job. */
export function cronJobState(
  cronJob: CronJob,
  jobs: Job[],
  context: NamespaceContext,
): JobState {
  const [newest] = jobs
    .filter(job => isOwnedBy(job, cronJob))
    .sort(newestFirst);
  const last = newest && jobState(newest, context);
  return {
    summary: {
      kind: 'CronJob',
      name: cronJob.metadata.name,
      namespace: context.namespace,
      state: cronJob.spec.suspend ? 'Suspended' : 'Scheduled',
      schedule: cronJob.spec.schedule,
      lastScheduledAt: cronJob.status.lastScheduleTime,
      startedAt: last?.summary.startedAt,
      completedAt: last?.summary.completedAt,
      failures: last?.summary.failures ?? 0,
      gpus: gpuCount(cronJob.spec.jobTemplate.spec.template.spec),
      gpuAmounts: gpuAmounts(
        gpusOfSpec(cronJob.spec.jobTemplate.spec.template.spec),
      ),
      pod: last?.summary.pod,
    },
    reasons: last ? lastRunReasons(last) : [],
    queued: last?.queued,
  };
}

function lastRunReasons({ summary, reasons }: JobState): HealthReason[] {
  const prefix =
    summary.state === 'Failed'
      ? 'The last run failed.'
      : 'The current run is pending.';
  return summary.state === 'Failed' || summary.state === 'Pending'
    ? reasons.map(reason => ({ ...reason, text: `${prefix} ${reason.text}` }))
    : [];
}

export function isEnded(job: Job): boolean {
  return Boolean(jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed'));
}

function jobPhase(
  job: Job,
  pods: Pod[],
  queued: KueueWorkload | undefined,
): JobSummary['state'] {
  if (jobCondition(job, 'Complete')) {
    return 'Succeeded';
  }
  if (jobCondition(job, 'Failed')) {
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

function jobReason(
  job: Job,
  state: JobSummary['state'],
  pods: Pod[],
  context: NamespaceContext,
): HealthReason | undefined {
  switch (state) {
    case 'Succeeded':
      return undefined;
    case 'Failed':
      return failureReason(job, pods, context);
    case 'Suspended':
      return {
        code: 'suspended',
        text: 'Suspended until it is resumed.',
      };
    default: {
      const queueReason = job.spec.suspend ? labelQueueReason(job) : undefined;
      if (queueReason) {
        return queueReason;
      }
      const failedCreate = context.failedCreateMessage(job);
      return (
        (pods[0] && podReason(pods[0], context)) ??
        (pods.length === 0 && failedCreate
          ? creationReason(failedCreate, context)
          : undefined)
      );
    }
  }
}

function failureReason(
  job: Job,
  pods: Pod[],
  context: NamespaceContext,
): HealthReason {
  const { reason, message } = jobCondition(job, 'Failed') ?? {};
  if (reason === 'DeadlineExceeded') {
    const limit = job.spec.activeDeadlineSeconds;
    return {
      code: 'deadline-exceeded',
      text: `The Job ran longer than its deadline${
        limit ? ` of ${formatDuration(limit)}` : ''
      }. Raise the deadline or resume from a checkpoint.`,
    };
  }
  const reasonOfPod = pods
    .map(pod => podReason(pod, context))
    .find(candidate => candidate !== undefined);
  const attempts = attemptsText(job);
  if (reasonOfPod) {
    return { ...reasonOfPod, text: `${reasonOfPod.text} ${attempts}`.trim() };
  }
  return {
    code: 'job-failed',
    text: `The Job failed. ${
      attempts || (message ? asSentence(redactAddresses(message)) : '')
    }`.trim(),
  };
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
