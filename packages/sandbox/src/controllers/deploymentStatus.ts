import {
  count,
  type KubernetesObject,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { rollingLimits } from './rollingLimits';
import type { ReconcileContext } from './ReconcileContext';
import type { Condition, Deployment, ReplicaSet } from './workloadTypes';

interface ReplicaCounts {
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
}

/** Computes the status of a Deployment from its ReplicaSets, as the deployment controller does. */
export function deploymentStatus(
  context: ReconcileContext,
  deployment: Deployment,
  sets: { current: ReplicaSet; old: ReplicaSet[] },
) {
  const { current, old } = sets;
  const total = (name: string) =>
    [current, ...old].reduce(
      (sum, set) => sum + count(set, `status.${name}`),
      0,
    );
  const counts: ReplicaCounts = {
    replicas: total('replicas'),
    updatedReplicas: count(current, 'status.replicas'),
    readyReplicas: total('readyReplicas'),
    availableReplicas: total('availableReplicas'),
  };
  const unavailableReplicas = Math.max(
    0,
    [current, ...old].reduce((sum, set) => sum + set.spec.replicas, 0) -
      counts.availableReplicas,
  );
  const conditions = [
    availableCondition(deployment, counts),
    failureCondition(current),
    progressingCondition(context, deployment, current, counts),
  ].filter(condition => condition !== undefined);
  const previous = (deployment.status?.conditions ?? []) as Condition[];
  return {
    observedGeneration: deployment.metadata.generation,
    ...Object.fromEntries(
      Object.entries({ ...counts, unavailableReplicas }).filter(
        ([, value]) => value > 0,
      ),
    ),
    terminatingReplicas: 0,
    conditions: conditions.map(condition =>
      withTimestamps(condition, previous, context.now),
    ),
  };
}

function availableCondition(
  deployment: Deployment,
  counts: ReplicaCounts,
): Condition {
  const isAvailable =
    counts.availableReplicas >=
    deployment.spec.replicas - rollingLimits(deployment).unavailable;
  return isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** Computes the `Progressing` condition. The progress deadline counts from its `lastUpdateTime`. */
function progressingCondition(
  context: ReconcileContext,
  deployment: Deployment,
  current: ReplicaSet,
  counts: ReplicaCounts,
): Condition {
  const { replicas, progressDeadlineSeconds } = deployment.spec;
  const subject = `ReplicaSet "${current.metadata.name}"`;
  const progressing = { type: 'Progressing', status: 'True' } as const;
  const last = ((deployment.status?.conditions ?? []) as Condition[]).find(
    ({ type }) => type === 'Progressing',
  );
  const isComplete =
    counts.updatedReplicas === replicas &&
    counts.replicas === replicas &&
    counts.availableReplicas === replicas;
  if (isComplete) {
    return {
      ...progressing,
      reason: 'NewReplicaSetAvailable',
      message: `${subject} has successfully progressed.`,
    };
  }
  const isNewRollout =
    last?.reason === 'NewReplicaSetAvailable' &&
    !last.message?.startsWith(`${subject} `);
  if (!last || isNewRollout || hasProgressed(deployment, counts)) {
    return {
      ...progressing,
      reason: 'ReplicaSetUpdated',
      message: `${subject} is progressing.`,
      lastUpdateTime: timestamp(context.now),
    };
  }
  if (last.reason === 'NewReplicaSetAvailable') {
    // Pods that fail after a completed rollout do not start a new one.
    return last;
  }
  const deadline =
    Date.parse(String(last.lastUpdateTime)) + progressDeadlineSeconds * 1000;
  if (deadline <= context.now) {
    return {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `${subject} has timed out progressing.`,
      lastUpdateTime: last.lastUpdateTime,
    };
  }
  context.requeueAt(deadline);
  return last;
}

function hasProgressed(deployment: Deployment, counts: ReplicaCounts): boolean {
  const before = (name: keyof ReplicaCounts) =>
    count(deployment, `status.${name}`);
  return (
    counts.updatedReplicas > before('updatedReplicas') ||
    counts.readyReplicas > before('readyReplicas') ||
    counts.availableReplicas > before('availableReplicas') ||
    counts.replicas - counts.updatedReplicas <
      before('replicas') - before('updatedReplicas')
  );
}

function failureCondition(current: KubernetesObject): Condition | undefined {
  const conditions = (current.status?.conditions ?? []) as Condition[];
  return conditions.find(({ type }) => type === 'ReplicaFailure');
}

function withTimestamps(
  condition: Condition,
  previous: Condition[],
  now: number,
): Condition {
  const before = previous.find(({ type }) => type === condition.type);
  const unchanged = before?.status === condition.status;
  const same =
    unchanged &&
    before.reason === condition.reason &&
    before.message === condition.message;
  return {
    ...condition,
    lastUpdateTime:
      condition.lastUpdateTime ??
      ((same && before.lastUpdateTime) || timestamp(now)),
    lastTransitionTime:
      (unchanged && before.lastTransitionTime) || timestamp(now),
  };
}
