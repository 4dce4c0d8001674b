import { type Fields, timestamp } from '../kubernetes/KubernetesObject';
import { createPod, deletePod } from './pods';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import {
  type Condition,
  hasCondition,
  isFinished,
  isReady,
  type Job,
  type Pod,
} from './workloadTypes';
import { recordEvent } from './events';

const JOB_CONTROLLER = 'job-controller';
const JOB_TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const INITIAL_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 600_000;

interface JobOutcome {
  type: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

/** Runs Jobs, and deletes them after their TTL. */
export const reconcileJobs: Controller = context => {
  for (const job of context.store.list<Job>('jobs')) {
    if (hasCondition(job, 'Complete') || hasCondition(job, 'Failed')) {
      deleteExpiredJob(context, job);
    } else {
      reconcileJob(context, job);
    }
  }
};

function reconcileJob(context: ReconcileContext, job: Job): void {
  const { store, now } = context;
  const podsOf = () => store.list<Pod>('pods', { owner: job.metadata.uid });
  const active = () => podsOf().filter(pod => !isFinished(pod));
  const { suspend, activeDeadlineSeconds } = job.spec;
  if (suspend) {
    active().forEach(pod => deletePod(context, job, pod, JOB_CONTROLLER));
  }
  const startTime = suspend
    ? undefined
    : (job.status?.startTime as string | undefined) ?? timestamp(now);
  const deadline =
    startTime && activeDeadlineSeconds
      ? Date.parse(startTime) + activeDeadlineSeconds * 1000
      : Infinity;
  const outcome = outcomeOf(job, podsOf(), now >= deadline);
  if (outcome) {
    active().forEach(pod => deletePod(context, job, pod, JOB_CONTROLLER));
  } else if (!suspend) {
    createPods(context, job, podsOf());
    if (deadline !== Infinity) {
      context.requeueAt(deadline);
    }
  }

  const pods = podsOf();
  pods.filter(isFinished).forEach(pod => removeFinalizers(context, pod));
  const countPods = (phase: string) =>
    pods.filter(pod => pod.status?.phase === phase).length;
  // The pods of a Job that exceeded its deadline are deleted and count as failed.
  const failed =
    countPods('Failed') +
    (outcome?.reason === 'DeadlineExceeded'
      ? Math.max(0, job.spec.parallelism)
      : 0);
  const conditions = conditionsOf(job, outcome, now);
  store.setStatus(job, {
    ...(startTime && { startTime }),
    ...nonZero('active', active().length),
    ready: active().filter(isReady).length,
    terminating: 0,
    ...nonZero('succeeded', countPods('Succeeded')),
    ...nonZero('failed', failed),
    uncountedTerminatedPods: {},
    ...(outcome?.type === 'Complete' && { completionTime: timestamp(now) }),
    ...(conditions.length > 0 && { conditions }),
  } as Fields);
  if (outcome) {
    recordEvent(context, job, {
      ...(outcome.type === 'Complete'
        ? { reason: 'Completed', message: 'Job completed' }
        : {
            type: 'Warning',
            reason: outcome.reason,
            message: outcome.message,
          }),
      component: JOB_CONTROLLER,
    });
  }
}

/** A status field that is omitted when the count is 0. */
function nonZero(name: string, count: number): Fields {
  return count > 0 ? { [name]: count } : {};
}

/** Removes the finalizers of a finished pod once the status counts it. */
function removeFinalizers(context: ReconcileContext, pod: Pod): void {
  const { finalizers, ...metadata } = pod.metadata;
  if (finalizers) {
    context.store.update({ ...pod, metadata });
  }
}

function outcomeOf(
  job: Job,
  pods: Pod[],
  isOverdue: boolean,
): JobOutcome | undefined {
  const { backoffLimit, completions } = job.spec;
  const succeeded = pods.filter(
    pod => pod.status?.phase === 'Succeeded',
  ).length;
  const failures = pods.reduce((sum, pod) => sum + countFailures(pod), 0);
  if (failures > backoffLimit) {
    return {
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  if (isOverdue) {
    return {
      type: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    };
  }
  const isComplete =
    completions === undefined
      ? succeeded > 0 && pods.every(isFinished)
      : succeeded >= completions;
  return isComplete
    ? {
        type: 'Complete',
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    : undefined;
}

/** Counts the failures of a pod, including restarts of its containers. */
function countFailures(pod: Pod): number {
  const restarts = (pod.status?.containerStatuses ?? []).reduce(
    (sum, { restartCount }) => sum + restartCount,
    0,
  );
  return (pod.status?.phase === 'Failed' ? 1 : 0) + restarts;
}

function createPods(context: ReconcileContext, job: Job, pods: Pod[]): void {
  const { completions, parallelism, template } = job.spec;
  const active = pods.filter(pod => !isFinished(pod)).length;
  const succeeded = pods.filter(
    pod => pod.status?.phase === 'Succeeded',
  ).length;
  // Without completions, a work queue Job creates no more pods after the first success.
  const remaining =
    completions === undefined && succeeded > 0
      ? active
      : (completions ?? Infinity) - succeeded;
  const target = Math.min(parallelism, remaining);
  const notBefore = backoffEnd(pods);
  if (active < target && notBefore > context.now) {
    context.requeueAt(notBefore);
    return;
  }
  for (let missing = target - active; missing > 0; missing--) {
    const failure = createPod(context, job, {
      template,
      component: JOB_CONTROLLER,
      finalizer: JOB_TRACKING_FINALIZER,
    });
    if (failure) {
      context.requeueAt(context.now + INITIAL_BACKOFF_MS);
      return;
    }
  }
}

/** Time until which no pod is created after failures: exponential from 10 s. */
function backoffEnd(pods: Pod[]): number {
  const ends = pods
    .filter(pod => pod.status?.phase === 'Failed')
    .map(pod =>
      Math.max(
        ...(pod.status?.containerStatuses ?? []).map(
          ({ state }) => Date.parse(state.terminated?.finishedAt ?? '') || 0,
        ),
      ),
    );
  return ends.length === 0
    ? 0
    : Math.max(...ends) +
        Math.min(INITIAL_BACKOFF_MS * 2 ** (ends.length - 1), MAX_BACKOFF_MS);
}

function conditionsOf(
  job: Job,
  outcome: JobOutcome | undefined,
  now: number,
): Condition[] {
  const before = (job.status?.conditions ?? []) as Condition[];
  const createCondition = (
    type: string,
    status: 'True' | 'False',
    reason: string,
    message: string,
  ): Condition => {
    const last = before.find(
      condition => condition.type === type && condition.status === status,
    );
    return (
      last ?? {
        type,
        status,
        reason,
        message,
        lastProbeTime: timestamp(now),
        lastTransitionTime: timestamp(now),
      }
    );
  };
  const suspended: Condition[] = [];
  if (job.spec.suspend) {
    suspended.push(
      createCondition('Suspended', 'True', 'JobSuspended', 'Job suspended'),
    );
  } else if (before.some(({ type }) => type === 'Suspended')) {
    suspended.push(
      createCondition('Suspended', 'False', 'JobResumed', 'Job resumed'),
    );
  }
  if (!outcome) {
    return suspended;
  }
  const { type, reason, message } = outcome;
  const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  return [
    ...suspended,
    createCondition(first, 'True', reason, message),
    createCondition(type, 'True', reason, message),
  ];
}

function deleteExpiredJob(context: ReconcileContext, job: Job): void {
  const { ttlSecondsAfterFinished } = job.spec;
  if (ttlSecondsAfterFinished === undefined) {
    return;
  }
  const conditions = job.status?.conditions as Condition[];
  const end = Date.parse(
    String(conditions[conditions.length - 1].lastTransitionTime),
  );
  const expiry = end + ttlSecondsAfterFinished * 1000;
  if (expiry <= context.now) {
    context.store.delete(job);
  } else {
    context.requeueAt(expiry);
  }
}
