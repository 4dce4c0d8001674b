import type {
  HealthReason,
  Rollout,
} from '@internal/plugin-ml-platform-common';
import {
  isActivePod,
  isReadyPod,
  type KueueWorkload,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { argoRollout } from './argoRollout';
import { creationReason } from './creationReason';
import { podReason } from './podReason';
import {
  daemonSetRollout,
  deploymentRollout,
  statefulSetRollout,
} from './rollouts';
import type { OwnedObjects } from './OwnedObjects';
import type { NamespaceContext } from './NamespaceContext';

/** What a workload keeps running. */
export interface ServiceState {
  rollouts: Rollout[];
  ready: number;
  total: number;
  /** Why pods are not ready or do not exist. */
  podReasons: HealthReason[];
  /** How the rollouts stand, when they are not done. */
  rolloutReasons: HealthReason[];
  /** What waits in a queue so that pods can start. */
  queued: KueueWorkload[];
}

export function serviceState(
  objects: OwnedObjects,
  around: NamespaceContext,
): ServiceState {
  const rollouts = [
    ...objects.deployments.map(deploymentRollout),
    ...objects.statefulSets.map(statefulSetRollout),
    ...objects.daemonSets.map(daemonSetRollout),
    ...objects.rollouts.map(argoRollout),
  ];
  const pods = servicePods(objects);
  const active = pods.filter(isActivePod);
  const ready = active.filter(isReadyPod).length;
  const wanted = rollouts.reduce((sum, { desired }) => sum + desired, 0);
  const queued = active
    .map(pod => around.queuedOf(pod))
    .filter(workload => workload !== undefined);
  // What was removed has been replaced, unless something is still missing.
  const removed =
    ready < wanted
      ? pods.filter(({ status }) => status.phase === 'Failed')
      : [];
  return {
    rollouts,
    ready,
    total: Math.max(active.length, wanted),
    podReasons: [
      ...[...active, ...removed]
        .filter(pod => !around.queuedOf(pod))
        .map(pod => podReason(pod, around)),
      ...(active.length < wanted ? refusals(objects, around) : []),
    ].filter(reason => reason !== undefined),
    rolloutReasons: rollouts.flatMap(rolloutReason),
    queued: [...new Set(queued)],
  };
}

/** Those of Jobs are not counted: they are meant to end. */
function servicePods({ pods, jobs }: OwnedObjects): Pod[] {
  const jobUids = new Set(jobs.map(({ metadata }) => metadata.uid));
  return pods.filter(
    ({ metadata }) =>
      !metadata.ownerReferences?.some(({ uid }) => jobUids.has(uid)),
  );
}

function refusals(
  objects: OwnedObjects,
  around: NamespaceContext,
): HealthReason[] {
  const ofReplicaSets = objects.replicaSets
    .filter(({ spec }) => spec.replicas > 0)
    .map(replicaSet => ({
      kind: 'ReplicaSet',
      name: replicaSet.metadata.name,
      message:
        replicaSet.status.conditions.find(
          ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
        )?.message ?? around.refusalOf(replicaSet),
    }));
  const ofOthers = [
    ...objects.statefulSets.map(each => ({ kind: 'StatefulSet', each })),
    ...objects.daemonSets.map(each => ({ kind: 'DaemonSet', each })),
  ].map(({ kind, each }) => ({
    kind,
    name: each.metadata.name,
    message: around.refusalOf(each),
  }));
  return [...ofReplicaSets, ...ofOthers].flatMap(({ kind, name, message }) =>
    message
      ? [{ object: { kind, name }, ...creationReason(message, around) }]
      : [],
  );
}

const ROLLOUT_CODES = {
  progressing: 'rolling-out',
  paused: 'paused',
  failed: 'deadline-exceeded',
  aborted: 'aborted',
} as const;

function rolloutReason({ kind, name, state, text }: Rollout): HealthReason[] {
  return state === 'complete'
    ? []
    : [{ code: ROLLOUT_CODES[state], text, object: { kind, name } }];
}
