import { CronExpressionParser } from 'cron-parser';
import { type Fields, items, timestamp } from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';
import { withDefaults } from './defaults';
import { ownerReference } from './pods';
import { checkQuota } from './quota';
import { type Controller, recordEvent, type World } from './World';
import { type CronJob, hasCondition, type Job } from './workloadTypes';

const COMPONENT = 'cronjob-controller';

/** Makes the Jobs of every CronJob when they are due. */
export const reconcileCronJobs: Controller = world => {
  for (const cronJob of world.store.list<CronJob>('cronjobs')) {
    reconcile(world, cronJob);
  }
};

function reconcile(world: World, cronJob: CronJob): void {
  const { store } = world;
  const jobsOf = () => store.list<Job>('jobs', { owner: cronJob.metadata.uid });
  const due = cronJob.spec.suspend ? undefined : dueTime(world, cronJob);
  const created = due !== undefined && fire(world, cronJob, jobsOf(), due);
  const jobs = jobsOf();
  keepHistory(world, cronJob, jobs);
  const active = jobs.filter(job => !isDone(job));
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

function isDone(job: Job): boolean {
  return hasCondition(job, 'Complete') || hasCondition(job, 'Failed');
}

/** The scheduled time that has come and has not been dealt with. Asks to be woken for the next one. */
function dueTime(world: World, cronJob: CronJob): number | undefined {
  const { schedule, timeZone, startingDeadlineSeconds } = cronJob.spec;
  const { name } = cronJob.metadata;
  try {
    const options = { currentDate: new Date(world.now), tz: timeZone ?? 'UTC' };
    world.wakeAt(
      CronExpressionParser.parse(schedule, options).next().getTime(),
    );
    const latest = CronExpressionParser.parse(schedule, {
      ...options,
      currentDate: new Date(world.now + 1),
    })
      .prev()
      .getTime();
    const since = Date.parse(
      String(
        cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp,
      ),
    );
    const isLate =
      startingDeadlineSeconds !== undefined &&
      latest + startingDeadlineSeconds * 1000 < world.now;
    const jobExists = world.store.get(
      'jobs',
      cronJob.metadata.namespace,
      jobName(name, latest),
    );
    return latest > since && !isLate && !jobExists ? latest : undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    recordEvent(world, cronJob, {
      type: 'Warning',
      reason: 'UnparseableSchedule',
      message: `unparseable schedule: "${schedule}" : ${why}`,
      component: COMPONENT,
    });
    return undefined;
  }
}

function jobName(name: string, scheduled: number): string {
  return `${name}-${Math.floor(scheduled / 60_000)}`;
}

/** Whether a Job was made. */
function fire(
  world: World,
  cronJob: CronJob,
  jobs: Job[],
  scheduled: number,
): boolean {
  const { store } = world;
  const { name, namespace } = cronJob.metadata;
  const { concurrencyPolicy, jobTemplate } = cronJob.spec;
  const running = jobs.filter(job => !isDone(job));
  if (concurrencyPolicy === 'Forbid' && running.length > 0) {
    recordEvent(world, cronJob, {
      reason: 'JobAlreadyActive',
      message:
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      component: COMPONENT,
    });
    return false;
  }
  if (concurrencyPolicy === 'Replace') {
    running.forEach(job => remove(world, cronJob, job));
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
    recordEvent(world, cronJob, {
      reason: 'SuccessfulCreate',
      message: `Created job ${draft.metadata.name}`,
      component: COMPONENT,
    });
    return true;
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    recordEvent(world, cronJob, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating job: ${error.message}`,
      component: COMPONENT,
    });
    return false;
  }
}

function remove(world: World, cronJob: CronJob, job: Job): void {
  world.store.delete(job);
  recordEvent(world, cronJob, {
    reason: 'SuccessfulDelete',
    message: `Deleted job ${job.metadata.name}`,
    component: COMPONENT,
  });
}

function keepHistory(world: World, cronJob: CronJob, jobs: Job[]): void {
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
      recordEvent(world, cronJob, {
        reason: 'SawCompletedJob',
        message: `Saw completed job: ${job.metadata.name}, condition: ${type}`,
        component: COMPONENT,
      });
    }
    done
      .sort((one, other) =>
        one.metadata.creationTimestamp.localeCompare(
          other.metadata.creationTimestamp,
        ),
      )
      .slice(0, Math.max(0, done.length - limit))
      .forEach(job => remove(world, cronJob, job));
  }
}
