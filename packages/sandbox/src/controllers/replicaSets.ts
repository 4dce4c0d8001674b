import { timestamp } from '../kubernetes/KubernetesObject';
import { createPod, deletePod } from './pods';
import type { Controller, ReconcileContext } from './ReconcileContext';
import {
  isFinished,
  isReady,
  type Pod,
  type ReplicaSet,
} from './workloadTypes';

const REPLICA_SET_CONTROLLER = 'replicaset-controller';
/** Interval of retries for pods that admission rejected. */
const RETRY_INTERVAL_MS = 60_000;

/** Creates and deletes pods until ReplicaSets have their desired number. */
export const reconcileReplicaSets: Controller = context => {
  for (const replicaSet of context.store.list<ReplicaSet>('replicasets')) {
    reconcileReplicaSet(context, replicaSet);
  }
};

function reconcileReplicaSet(
  context: ReconcileContext,
  replicaSet: ReplicaSet,
): void {
  const { store, now } = context;
  const { uid, generation } = replicaSet.metadata;
  const { replicas, template } = replicaSet.spec;
  const activePods = () =>
    store.list<Pod>('pods', { owner: uid }).filter(pod => !isFinished(pod));
  const before = activePods();
  let failure: string | undefined;
  for (
    let missing = replicas - before.length;
    missing > 0 && !failure;
    missing--
  ) {
    failure = createPod(context, replicaSet, {
      template,
      component: REPLICA_SET_CONTROLLER,
    });
  }
  // Delete unready pods before ready ones, and newer pods before older ones.
  const surplus = [...before]
    .sort(
      (one, other) =>
        Number(isReady(one)) - Number(isReady(other)) || compareAge(other, one),
    )
    .slice(0, Math.max(0, before.length - replicas));
  surplus.forEach(pod =>
    deletePod(context, replicaSet, pod, REPLICA_SET_CONTROLLER),
  );
  if (failure) {
    context.requeueAt(now + RETRY_INTERVAL_MS);
  }

  const pods = activePods();
  const ready = pods.filter(isReady).length;
  const [previousFailure] = (replicaSet.status?.conditions ?? []) as Array<{
    lastTransitionTime: string;
  }>;
  store.setStatus(replicaSet, {
    replicas: pods.length,
    ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    terminatingReplicas: 0,
    observedGeneration: generation,
    ...(failure && {
      conditions: [
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: failure,
          lastTransitionTime:
            previousFailure?.lastTransitionTime ?? timestamp(now),
        },
      ],
    }),
  });
}

function compareAge(one: Pod, other: Pod): number {
  return (
    Number(one.metadata.resourceVersion) -
    Number(other.metadata.resourceVersion)
  );
}
