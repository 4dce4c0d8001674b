import { type Fields, timestamp } from '../kubernetes/KubernetesObject';
import type { FinishedJobs } from './FinishedJobs';
import { createPod, deletePod } from './pods';
import { type Controller, recordEvent, type World } from './World';
import {
  type Condition,
  hasCondition,
  isFinished,
  isReady,
  type Job,
  type Pod,
} from './workloadTypes';

const COMPONENT = 'job-controller';
const FINALIZER = 'batch.kubernetes.io/job-tracking';
const FIRST_BACKOFF = 10_000;
const LONGEST_BACKOFF = 600_000;

interface Outcome {
  type: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

/** Runs Jobs to their end, and remembers the ends, so that a restart of the sandbox starts no finished Job again. */
export function reconcileJobs(finished: FinishedJobs): Controller {
  return world => {
    for (const job of world.store.list<Job>('jobs')) {
      if (hasCondition(job, 'Complete') || hasCondition(job, 'Failed')) {
        finished.remember(
          job,
          world.store.list<Pod>('pods', { owner: job.metadata.uid }),
        );
        expire(world, job);
      } else if (job.status?.startTime || !finished.restore(world.store, job)) {
        reconcile(world, job);
      }
    }
  };
}

function reconcile(world: World, job: Job): void {
  const { store, now } = world;
  const podsOf = () => store.list<Pod>('pods', { owner: job.metadata.uid });
  const active = () => podsOf().filter(pod => !isFinished(pod));
  const { suspend, activeDeadlineSeconds } = job.spec;
  if (suspend) {
    active().forEach(pod => deletePod(world, job, pod, COMPONENT));
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
    active().forEach(pod => deletePod(world, job, pod, COMPONENT));
  } else if (!suspend) {
    addPods(world, job, podsOf());
    if (deadline !== Infinity) {
      world.wakeAt(deadline);
    }
  }

  const pods = podsOf();
  pods.filter(isFinished).forEach(pod => release(world, pod));
  const amount = (phase: string) =>
    pods.filter(pod => pod.status?.phase === phase).length;
  // A Job that ran out of time loses its pods; they count as failed.
  const failed =
    amount('Failed') +
    (outcome?.reason === 'DeadlineExceeded'
      ? Math.max(0, job.spec.parallelism)
      : 0);
  const conditions = conditionsOf(job, outcome, now);
  store.setStatus(job, {
    ...(startTime && { startTime }),
    ...named('active', active().length),
    ready: active().filter(isReady).length,
    terminating: 0,
    ...named('succeeded', amount('Succeeded')),
    ...named('failed', failed),
    uncountedTerminatedPods: {},
    ...(outcome?.type === 'Complete' && { completionTime: timestamp(now) }),
    ...(conditions.length > 0 && { conditions }),
  } as Fields);
  if (outcome) {
    recordEvent(world, job, {
      ...(outcome.type === 'Complete'
        ? { reason: 'Completed', message: 'Job completed' }
        : {
            type: 'Warning',
            reason: outcome.reason,
            message: outcome.message,
          }),
      component: COMPONENT,
    });
  }
}

/** A count of the status; none where there is nothing to count. */
function named(name: string, count: number): Fields {
  return count > 0 ? { [name]: count } : {};
}

/** Lets go of a pod whose end is counted. */
function release(world: World, pod: Pod): void {
  const { finalizers, ...metadata } = pod.metadata;
  if (finalizers) {
    world.store.update({ ...pod, metadata });
  }
}

function outcomeOf(
  job: Job,
  pods: Pod[],
  isOverdue: boolean,
): Outcome | undefined {
  const { backoffLimit, completions } = job.spec;
  const succeeded = pods.filter(
    pod => pod.status?.phase === 'Succeeded',
  ).length;
  const failures = pods.reduce((sum, pod) => sum + failuresOf(pod), 0);
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

/** A pod that restarts its containers fails as often as they do. */
function failuresOf(pod: Pod): number {
  const restarts = (pod.status?.containerStatuses ?? []).reduce(
    (sum, { restartCount }) => sum + restartCount,
    0,
  );
  return (pod.status?.phase === 'Failed' ? 1 : 0) + restarts;
}

function addPods(world: World, job: Job, pods: Pod[]): void {
  const { completions, parallelism, template } = job.spec;
  const active = pods.filter(pod => !isFinished(pod)).length;
  const succeeded = pods.filter(
    pod => pod.status?.phase === 'Succeeded',
  ).length;
  // Without a number of completions, the first success ends the creation of pods.
  const remaining =
    completions === undefined && succeeded > 0
      ? active
      : (completions ?? Infinity) - succeeded;
  const wanted = Math.min(parallelism, remaining);
  const notBefore = backoffEnd(pods);
  if (active < wanted && notBefore > world.now) {
    world.wakeAt(notBefore);
    return;
  }
  for (let missing = wanted - active; missing > 0; missing--) {
    const refusal = createPod(world, job, {
      template,
      component: COMPONENT,
      finalizer: FINALIZER,
    });
    if (refusal) {
      world.wakeAt(world.now + FIRST_BACKOFF);
      return;
    }
  }
}

/** After failures, the next pod waits: 10 s, then twice as long each time. */
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
        Math.min(FIRST_BACKOFF * 2 ** (ends.length - 1), LONGEST_BACKOFF);
}

function conditionsOf(
  job: Job,
  outcome: Outcome | undefined,
  now: number,
): Condition[] {
  const before = (job.status?.conditions ?? []) as Condition[];
  const make = (
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
    suspended.push(make('Suspended', 'True', 'JobSuspended', 'Job suspended'));
  } else if (before.some(({ type }) => type === 'Suspended')) {
    suspended.push(make('Suspended', 'False', 'JobResumed', 'Job resumed'));
  }
  if (!outcome) {
    return suspended;
  }
  const { type, reason, message } = outcome;
  const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  return [
    ...suspended,
    make(first, 'True', reason, message),
    make(type, 'True', reason, message),
  ];
}

function expire(world: World, job: Job): void {
  const { ttlSecondsAfterFinished } = job.spec;
  if (ttlSecondsAfterFinished === undefined) {
    return;
  }
  const conditions = job.status?.conditions as Condition[];
  const end = Date.parse(
    String(conditions[conditions.length - 1].lastTransitionTime),
  );
  const expiry = end + ttlSecondsAfterFinished * 1000;
  if (expiry <= world.now) {
    world.store.delete(job);
  } else {
    world.wakeAt(expiry);
  }
}
