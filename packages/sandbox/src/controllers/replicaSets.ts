import { timestamp } from '../kubernetes/KubernetesObject';
import { createPod, deletePod } from './pods';
import type { Controller, World } from './World';
import {
  isFinished,
  isReady,
  type Pod,
  type ReplicaSet,
} from './workloadTypes';

const COMPONENT = 'replicaset-controller';
/** A refused pod is tried again this often. */
const RETRY = 60_000;

/** Gives every ReplicaSet as many pods as it asks for. */
export const reconcileReplicaSets: Controller = world => {
  for (const replicaSet of world.store.list<ReplicaSet>('replicasets')) {
    reconcile(world, replicaSet);
  }
};

function reconcile(world: World, replicaSet: ReplicaSet): void {
  const { store, now } = world;
  const { uid, generation } = replicaSet.metadata;
  const { replicas, template } = replicaSet.spec;
  const activePods = () =>
    store.list<Pod>('pods', { owner: uid }).filter(pod => !isFinished(pod));
  const before = activePods();
  let refusal: string | undefined;
  for (
    let missing = replicas - before.length;
    missing > 0 && !refusal;
    missing--
  ) {
    refusal = createPod(world, replicaSet, { template, component: COMPONENT });
  }
  // Pods that serve go last, and of those the newest goes first.
  const surplus = [...before]
    .sort(
      (one, other) =>
        Number(isReady(one)) - Number(isReady(other)) || byAge(other, one),
    )
    .slice(0, Math.max(0, before.length - replicas));
  surplus.forEach(pod => deletePod(world, replicaSet, pod, COMPONENT));
  if (refusal) {
    world.wakeAt(now + RETRY);
  }

  const pods = activePods();
  const ready = pods.filter(isReady).length;
  const [failure] = (replicaSet.status?.conditions ?? []) as Array<{
    lastTransitionTime: string;
  }>;
  store.setStatus(replicaSet, {
    replicas: pods.length,
    ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    terminatingReplicas: 0,
    observedGeneration: generation,
    ...(refusal && {
      conditions: [
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: refusal,
          lastTransitionTime: failure?.lastTransitionTime ?? timestamp(now),
        },
      ],
    }),
  });
}

function byAge(one: Pod, other: Pod): number {
  return (
    Number(one.metadata.resourceVersion) -
    Number(other.metadata.resourceVersion)
  );
}
