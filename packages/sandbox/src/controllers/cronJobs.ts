import {
  nextStart,
  scheduleProblem,
  timeZoneProblem,
} from '@internal/platform-rules';
import { type Fields, items, timestamp } from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';
import { withDefaults } from './withDefaults';
import { ownerReference } from './pods';
import { checkQuota } from './resourceQuotas';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import { type CronJob, hasCondition, type Job } from './workloadTypes';
import { recordEvent } from './events';

const CRON_JOB_CONTROLLER = 'cronjob-controller';

/** Creates the Jobs of CronJobs on schedule. */
export const reconcileCronJobs: Controller = context => {
  for (const cronJob of context.store.list<CronJob>('cronjobs')) {
    reconcileCronJob(context, cronJob);
  }
};

function reconcileCronJob(context: ReconcileContext, cronJob: CronJob): void {
  const { store } = context;
  const jobsOf = () => store.list<Job>('jobs', { owner: cronJob.metadata.uid });
  const due = cronJob.spec.suspend
    ? undefined
    : dueScheduleTime(context, cronJob);
  const created =
    due !== undefined && createScheduledJob(context, cronJob, jobsOf(), due);
  const jobs = jobsOf();
  enforceHistoryLimits(context, cronJob, jobs);
  const active = jobs.filter(job => !isJobFinished(job));
  const lastScheduleTime = created
    ? timestamp(due)
    : cronJob.status?.lastScheduleTime;
  const completions = jobs
    .map(job => job.status?.completionTime)
    .filter(time => typeof time === 'string');
  const lastSuccessfulTime =
    completions.sort().pop() ?? cronJob.status?.lastSuccessfulTime;
  store.setStatus(cronJob, {
    ...(active.length > 0 && {
      active: active.map(
        ({
          apiVersion,
          kind,
          metadata: { name, namespace, uid, resourceVersion },
        }) => ({ apiVersion, kind, name, namespace, uid, resourceVersion }),
      ),
    }),
    ...(lastScheduleTime !== undefined && { lastScheduleTime }),
    ...(lastSuccessfulTime !== undefined && { lastSuccessfulTime }),
  } as Fields);
}

function isJobFinished(job: Job): boolean {
  return hasCondition(job, 'Complete') || hasCondition(job, 'Failed');
}

/** Finds the latest schedule time without a Job, and requests a pass at the next one. */
function dueScheduleTime(
  context: ReconcileContext,
  cronJob: CronJob,
): number | undefined {
  const { schedule, timeZone, startingDeadlineSeconds } = cronJob.spec;
  const { name } = cronJob.metadata;
  const problem =
    scheduleProblem(schedule) ??
    (timeZone === undefined ? undefined : timeZoneProblem(timeZone));
  if (problem !== undefined) {
    recordEvent(context, cronJob, {
      type: 'Warning',
      reason: 'UnparseableSchedule',
      message: `unparseable schedule: "${schedule}" : ${problem}`,
      component: CRON_JOB_CONTROLLER,
    });
    return undefined;
  }
  const since = Date.parse(
    String(
      cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp,
    ),
  );
  const next = nextStart(schedule, timeZone, context.now);
  if (next !== undefined) {
    context.requeueAt(next);
  }
  const latest = latestStart(schedule, timeZone, since, context.now);
  const isLate =
    latest !== undefined &&
    startingDeadlineSeconds !== undefined &&
    latest + startingDeadlineSeconds * 1000 < context.now;
  const jobExists =
    latest !== undefined &&
    context.store.get(
      'jobs',
      cronJob.metadata.namespace,
      jobName(name, latest),
    );
  return isLate || jobExists ? undefined : latest;
}

/**
 * Latest start after a time and not after now, as the controller finds it: it skips most of the missed ones by the
 * interval between the first two (`mostRecentScheduleTime` of kubernetes `pkg/controller/cronjob/utils.go`).
 */
function latestStart(
  schedule: string,
  timeZone: string | undefined,
  since: number,
  now: number,
): number | undefined {
  const startAfter = (time: number) => nextStart(schedule, timeZone, time);
  const first = startAfter(since);
  if (first === undefined || first > now) {
    return undefined;
  }
  const interval = (startAfter(first) ?? Infinity) - first;
  const skipped = Math.max(0, Math.floor((now - first) / interval) - 1);
  let latest = first;
  let next: number | undefined =
    skipped > 0 ? startAfter(first + skipped * interval - 1) : first;
  while (next !== undefined && next <= now) {
    latest = next;
    next = startAfter(latest);
  }
  return latest;
}

function jobName(name: string, scheduled: number): string {
  return `${name}-${Math.floor(scheduled / 60_000)}`;
}

/** Creates the Job of a schedule time. @returns false when the concurrency policy or the quota prevents it. */
function createScheduledJob(
  context: ReconcileContext,
  cronJob: CronJob,
  jobs: Job[],
  scheduled: number,
): boolean {
  const { store } = context;
  const { name, namespace } = cronJob.metadata;
  const { concurrencyPolicy, jobTemplate } = cronJob.spec;
  const running = jobs.filter(job => !isJobFinished(job));
  if (concurrencyPolicy === 'Forbid' && running.length > 0) {
    recordEvent(context, cronJob, {
      reason: 'JobAlreadyActive',
      message:
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      component: CRON_JOB_CONTROLLER,
    });
    return false;
  }
  if (concurrencyPolicy === 'Replace') {
    running.forEach(job => deleteJob(context, cronJob, job));
  }
  const draft = withDefaults({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(name, scheduled),
      namespace,
      labels: jobTemplate.metadata?.labels,
      annotations: {
        ...jobTemplate.metadata?.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(scheduled),
      },
      ownerReferences: [ownerReference(cronJob)],
    },
    spec: jobTemplate.spec as unknown as Fields,
  });
  try {
    checkQuota(store, draft);
    store.create(draft);
    recordEvent(context, cronJob, {
      reason: 'SuccessfulCreate',
      message: `Created job ${draft.metadata.name}`,
      component: CRON_JOB_CONTROLLER,
    });
    return true;
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    recordEvent(context, cronJob, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating job: ${error.message}`,
      component: CRON_JOB_CONTROLLER,
    });
    return false;
  }
}

function deleteJob(
  context: ReconcileContext,
  cronJob: CronJob,
  job: Job,
): void {
  context.store.delete(job);
  recordEvent(context, cronJob, {
    reason: 'SuccessfulDelete',
    message: `Deleted job ${job.metadata.name}`,
    component: CRON_JOB_CONTROLLER,
  });
}

function enforceHistoryLimits(
  context: ReconcileContext,
  cronJob: CronJob,
  jobs: Job[],
): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec;
  for (const [type, limit] of [
    ['Complete', successfulJobsHistoryLimit],
    ['Failed', failedJobsHistoryLimit],
  ] as const) {
    const done = jobs.filter(job => hasCondition(job, type));
    const wereActive = items(cronJob, 'status.active').map(({ uid }) => uid);
    for (const job of done.filter(({ metadata }) =>
      wereActive.includes(metadata.uid),
    )) {
      recordEvent(context, cronJob, {
        reason: 'SawCompletedJob',
        message: `Saw completed job: ${job.metadata.name}, condition: ${type}`,
        component: CRON_JOB_CONTROLLER,
      });
    }
    done
      .sort((one, other) =>
        one.metadata.creationTimestamp.localeCompare(
          other.metadata.creationTimestamp,
        ),
      )
      .slice(0, Math.max(0, done.length - limit))
      .forEach(job => deleteJob(context, cronJob, job));
  }
}
