import {
  RUN_LABEL,
  type HealthReason,
  type JobSummary,
} from '@internal/plugin-ml-platform-common';
import {
  gpuCount,
  isOwnedBy,
  jobCondition,
  newestFirst,
  redactAddresses,
  type CronJob,
  type Job,
  type KueueWorkload,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { creationReason } from './creationReason';
import { podReason } from './podReason';
import type { NamespaceContext } from './NamespaceContext';
import { asSentence } from './formatting';

/** A Job or CronJob, but for where it is and its place in a queue. */
export interface JobState {
  summary: Omit<JobSummary, 'environment' | 'cluster' | 'reason' | 'reasons'>;
  reasons: HealthReason[];
  /** What waits in a queue so that it can start. */
  queued?: KueueWorkload;
}

/** A Job in a person's words. */
export function jobState(job: Job, around: NamespaceContext): JobState {
  const pods = around.podsOf(job);
  const queued = isEnded(job) ? undefined : around.queuedOf(job);
  const state = stateOf(job, pods, queued);
  const reason = queued ? undefined : reasonOf(job, state, pods, around);
  return {
    summary: {
      kind: 'Job',
      name: job.metadata.name,
      namespace: around.namespace,
      state,
      run: job.metadata.labels?.[RUN_LABEL],
      startedAt: job.status.startTime,
      completedAt:
        job.status.completionTime ??
        jobCondition(job, 'Failed')?.lastTransitionTime,
      failures: job.status.failed,
      gpus: gpuCount(job.spec.template.spec),
      pod: pods[0]?.metadata.name,
    },
    reasons: reason
      ? [{ object: { kind: 'Job', name: job.metadata.name }, ...reason }]
      : [],
    queued,
  };
}

/** A CronJob in a person's words; how it fares is how its newest Job fares. */
export function cronJobState(
  cronJob: CronJob,
  jobs: Job[],
  around: NamespaceContext,
): JobState {
  const [newest] = jobs
    .filter(job => isOwnedBy(job, cronJob))
    .sort(newestFirst);
  const last = newest && jobState(newest, around);
  return {
    summary: {
      kind: 'CronJob',
      name: cronJob.metadata.name,
      namespace: around.namespace,
      state: cronJob.spec.suspend ? 'Suspended' : 'Scheduled',
      schedule: cronJob.spec.schedule,
      lastScheduledAt: cronJob.status.lastScheduleTime,
      startedAt: last?.summary.startedAt,
      completedAt: last?.summary.completedAt,
      failures: last?.summary.failures ?? 0,
      gpus: gpuCount(cronJob.spec.jobTemplate.spec.template.spec),
      pod: last?.summary.pod,
    },
    reasons: last ? lastRun(last) : [],
    queued: last?.queued,
  };
}

function lastRun({ summary, reasons }: JobState): HealthReason[] {
  const opening =
    summary.state === 'Failed'
      ? 'The last run failed.'
      : 'The current run waits.';
  return summary.state === 'Failed' || summary.state === 'Pending'
    ? reasons.map(reason => ({ ...reason, text: `${opening} ${reason.text}` }))
    : [];
}

export function isEnded(job: Job): boolean {
  return Boolean(jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed'));
}

function stateOf(
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
  if (queued) {
    return 'Pending';
  }
  if (job.spec.suspend) {
    return 'Suspended';
  }
  return pods.some(({ status }) => status.phase === 'Running')
    ? 'Running'
    : 'Pending';
}

function reasonOf(
  job: Job,
  state: JobSummary['state'],
  pods: Pod[],
  around: NamespaceContext,
): HealthReason | undefined {
  switch (state) {
    case 'Succeeded':
      return undefined;
    case 'Failed':
      return failureReason(job, pods, around);
    case 'Suspended':
      return {
        code: 'suspended',
        text: 'Suspended: it starts when it is resumed.',
      };
    default: {
      const refusal = around.refusalOf(job);
      return (
        (pods[0] && podReason(pods[0], around)) ??
        (pods.length === 0 && refusal
          ? creationReason(refusal, around)
          : undefined)
      );
    }
  }
}

function failureReason(
  job: Job,
  pods: Pod[],
  around: NamespaceContext,
): HealthReason {
  const { reason, message } = jobCondition(job, 'Failed') ?? {};
  if (reason === 'DeadlineExceeded') {
    const limit = job.spec.activeDeadlineSeconds;
    return {
      code: 'deadline-exceeded',
      text: `It ran longer than ${
        limit ? `the ${duration(limit)} that it may` : 'it may'
      }. Allow more time, or go on from a checkpoint.`,
    };
  }
  const ofPod = pods
    .map(pod => podReason(pod, around))
    .find(candidate => candidate !== undefined);
  const tried = triedText(job);
  if (ofPod) {
    return { ...ofPod, text: `${ofPod.text} ${tried}`.trim() };
  }
  return {
    code: 'job-failed',
    text: `The job failed. ${
      tried || (message ? asSentence(redactAddresses(message)) : '')
    }`.trim(),
  };
}

function triedText({ status }: Job): string {
  return status.failed > 1 ? `It was tried ${status.failed} times.` : '';
}

function duration(seconds: number): string {
  if (seconds % 3600 === 0) {
    return `${seconds / 3600} h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
