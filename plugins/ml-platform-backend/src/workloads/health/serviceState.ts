import type {
  HealthReason,
  Rollout,
} from '@internal/plugin-ml-platform-common';
import {
  isActivePod,
  isFinishedPod,
  isReadyPod,
  type KueueWorkload,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { argoRollout } from './argoRollout';
import { autoscalerReasons } from './autoscalerReasons';
import { creationReason } from './creationReason';
import { eventSince } from './eventSince';
import { lostPodReason } from './lostPodReason';
import type { NamespaceContext } from './NamespaceContext';
import type { OwnedObjects } from './OwnedObjects';
import { podReason } from './podReason';
import {
  daemonSetRollout,
  deploymentRollout,
  NO_STATUS_TEXT,
  statefulSetRollout,
} from './rollouts';

/** State of a workload's long-running pods and the controllers that own them. */
export interface ServiceState {
  rollouts: Rollout[];
  /** Number of ready pods. */
  ready: number;
  /** Number of pods that exist or should exist, whichever is greater. */
  total: number;
  /** Reasons why pods are not ready or not created. */
  podReasons: HealthReason[];
  /** Reasons from incomplete rollouts and from autoscalers. */
  rolloutReasons: HealthReason[];
  /** Kueue's Workloads that have to be admitted before pods start. */
  queued: KueueWorkload[];
}

export function serviceState(
  objects: OwnedObjects,
  context: NamespaceContext,
): ServiceState {
  const rollouts = [
    ...objects.deployments.map(deploymentRollout),
    ...objects.statefulSets.map(statefulSetRollout),
    ...objects.daemonSets.map(daemonSetRollout),
    ...objects.rollouts.map(argoRollout),
  ];
  const pods = servicePods(objects);
  const active = pods.filter(isActivePod);
  // A pod that does not end matters only while it is missed.
  const terminating = pods.filter(
    pod => pod.metadata.deletionTimestamp !== undefined && !isFinishedPod(pod),
  );
  const ready = active.filter(isReadyPod).length;
  const desired = rollouts.reduce((sum, rollout) => sum + rollout.desired, 0);
  const queued = active
    .map(pod => context.queuedWorkloadOf(pod))
    .filter(workload => workload !== undefined);
  // Failed pods stay after their replacement is ready, so they count only while pods are missing. Nothing replaces a pod
  // without an owner.
  const failed = pods.filter(
    ({ status, metadata }) =>
      status.phase === 'Failed' &&
      (ready < desired || !metadata.ownerReferences?.length),
  );
  const missed =
    ready < desired
      ? terminating.flatMap(pod => lostPodReasonOf(pod, context))
      : [];
  return {
    rollouts,
    ready,
    total: Math.max(active.length, desired),
    podReasons: [
      ...[...active, ...failed]
        .filter(pod => !context.queuedWorkloadOf(pod))
        .map(pod => podReason(pod, context)),
      ...missed,
      ...(active.length < desired ? creationReasons(objects, context) : []),
    ].filter(reason => reason !== undefined),
    rolloutReasons: [
      ...rollouts.flatMap(rollout => rolloutReason(rollout, objects)),
      ...rollouts.flatMap(rollout =>
        autoscalerReasons(context.autoscalersOf(rollout.kind, rollout.name), {
          isStarting: rollout.available < rollout.desired,
          clock: context.clock,
        }),
      ),
    ],
    queued: [...new Set(queued)],
  };
}

/** Excludes the pods of Jobs. */
function servicePods({ pods, jobs }: OwnedObjects): Pod[] {
  const jobUids = new Set(jobs.map(({ metadata }) => metadata.uid));
  return pods.filter(
    ({ metadata }) =>
      !metadata.ownerReferences?.some(({ uid }) => jobUids.has(uid)),
  );
}

/** Reasons why controllers could not create pods. */
function creationReasons(
  objects: OwnedObjects,
  context: NamespaceContext,
): HealthReason[] {
  const controllers = [
    ...objects.replicaSets
      .filter(({ spec }) => spec.replicas > 0)
      .map(object => ({ kind: 'ReplicaSet', object })),
    ...objects.statefulSets.map(object => ({ kind: 'StatefulSet', object })),
    ...objects.daemonSets.map(object => ({ kind: 'DaemonSet', object })),
  ];
  return controllers.flatMap(({ kind, object }) => {
    const event = context.failedCreate(object);
    const failure =
      'conditions' in object.status
        ? object.status.conditions.find(
            ({ type, status }) =>
              type === 'ReplicaFailure' && status === 'True',
          )
        : undefined;
    const message = failure?.message ?? event?.message;
    if (!message) {
      return [];
    }
    const since = failure?.lastTransitionTime ?? eventSince(event);
    return [
      {
        object: { kind, name: object.metadata.name },
        ...creationReason(message, context),
        ...(since && { since }),
      },
    ];
  });
}

const ROLLOUT_CODES = {
  progressing: 'rolling-out',
  paused: 'paused',
  failed: 'deadline-exceeded',
  aborted: 'aborted',
} as const;

function rolloutReason(
  { kind, name, state, text, pausedAt, abortedAt }: Rollout,
  objects: OwnedObjects,
): HealthReason[] {
  if (state === 'complete') {
    return [];
  }
  const controller = [...objects.deployments, ...objects.rollouts].find(
    ({ metadata }) => metadata.name === name,
  );
  const since =
    pausedAt ??
    abortedAt ??
    controller?.status.conditions.find(({ type }) => type === 'Progressing')
      ?.lastTransitionTime;
  return [
    {
      code: text === NO_STATUS_TEXT ? 'no-status' : ROLLOUT_CODES[state],
      text,
      object: { kind, name },
      ...(since && { since }),
    },
  ];
}

function lostPodReasonOf(pod: Pod, context: NamespaceContext): HealthReason[] {
  const reason = lostPodReason(pod, context);
  return reason
    ? [{ object: { kind: 'Pod', name: pod.metadata.name }, ...reason }]
    : [];
}
