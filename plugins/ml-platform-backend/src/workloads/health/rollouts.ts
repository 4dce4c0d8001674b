import type { Rollout } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type DaemonSet,
  type Replicated,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatCount } from './formatting';

/** Rollout progress of a Deployment. */
export function deploymentRollout(deployment: Replicated): Rollout {
  const { metadata, spec, status } = deployment;
  const progressing = status.conditions.find(
    ({ type }) => type === 'Progressing',
  );
  const progress = {
    kind: 'Deployment' as const,
    name: metadata.name,
    desired: spec.replicas,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    revision: metadata.annotations?.['deployment.kubernetes.io/revision'],
  };
  if (spec.paused) {
    return {
      ...progress,
      state: 'paused',
      text: `The rollout is paused; changes are not applied until it is resumed. ${replicaText(
        progress,
      )}`,
      pausedAt:
        progressing?.reason === 'DeploymentPaused'
          ? progressing.lastTransitionTime
          : undefined,
    };
  }
  if (
    progressing?.reason === 'ProgressDeadlineExceeded' &&
    progressing.status === 'False'
  ) {
    return {
      ...progress,
      state: 'failed',
      text: `The new version did not become available in time: ${replicaText(
        progress,
      )}`,
    };
  }
  return {
    ...progress,
    ...replicaState(deployment, {
      ...progress,
      old: status.replicas - status.updatedReplicas,
    }),
  };
}

/** Rollout progress of a StatefulSet. */
export function statefulSetRollout(statefulSet: Replicated): Rollout {
  const { metadata, spec, status } = statefulSet;
  const isUpdated = status.currentRevision === status.updateRevision;
  const progress = {
    kind: 'StatefulSet' as const,
    name: metadata.name,
    desired: spec.replicas,
    // After a rollout Kubernetes resets updatedReplicas: all pods have the current revision then.
    updated: isUpdated
      ? Math.max(status.updatedReplicas, status.availableReplicas)
      : status.updatedReplicas,
    available: status.availableReplicas,
    revision: status.updateRevision?.replace(`${metadata.name}-`, ''),
  };
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  const partition = rollingUpdate?.partition ?? 0;
  const plan =
    type === 'OnDelete'
      ? onDelete(progress)
      : {
          updated: Math.max(0, spec.replicas - partition),
          text: `Rolled out as far as the partition ${partition} says.`,
        };
  return { ...progress, ...replicaState(statefulSet, progress, plan) };
}

/** Rollout progress of a DaemonSet. */
export function daemonSetRollout(daemonSet: DaemonSet): Rollout {
  const { metadata, spec, status } = daemonSet;
  const progress = {
    kind: 'DaemonSet' as const,
    name: metadata.name,
    desired: status.desiredNumberScheduled,
    updated: status.updatedNumberScheduled,
    available: status.numberAvailable,
  };
  const plan =
    spec.updateStrategy?.type === 'OnDelete' ? onDelete(progress) : undefined;
  return { ...progress, ...replicaState(daemonSet, progress, plan) };
}

/** Number of pods that are to have the new version for now, and why not all. */
interface RolloutPlan {
  updated: number;
  text: string;
}

/** Pods keep the old version until somebody deletes them. */
function onDelete({ updated }: ReplicaCounts): RolloutPlan {
  return {
    updated,
    text: 'The others follow when they are deleted (OnDelete).',
  };
}

interface ReplicaCounts {
  desired: number;
  updated: number;
  available: number;
  /** Pods of the old version that have not ended. */
  old?: number;
}

/** Text of a rollout whose controller has not written a status. */
export const NO_STATUS_TEXT =
  'Kubernetes has not reported a status yet, so the state is unknown.';

/**
 * Derives the state from replica counts. Until the controller has observed the spec, they describe the old version.
 *
 * @param plan - for planned partial rollouts. Default: all pods have the new version.
 *
 * @see kubernetes/kubernetes v1.36 staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
 */
function replicaState(
  {
    metadata,
    status,
  }: WithMetadata & { status: { observedGeneration?: number } },
  counts: ReplicaCounts,
  plan?: RolloutPlan,
): Pick<Rollout, 'state' | 'text'> {
  const { generation } = metadata;
  const { desired, updated, available, old = 0 } = counts;
  if (generation !== undefined && status.observedGeneration === undefined) {
    return { state: 'progressing', text: NO_STATUS_TEXT };
  }
  if ((status.observedGeneration ?? 0) < (generation ?? 0)) {
    return {
      state: 'progressing',
      text: 'Kubernetes has not processed the latest change yet.',
    };
  }
  const isComplete =
    updated >= Math.min(desired, plan?.updated ?? desired) &&
    available >= desired;
  if (isComplete && old > 0) {
    return {
      state: 'progressing',
      text: formatCount(
        old,
        'pod of the old version has not ended yet.',
        'pods of the old version have not ended yet.',
      ),
    };
  }
  const text = replicaText(counts);
  return {
    state: isComplete ? 'complete' : 'progressing',
    text:
      isComplete && plan && updated < desired ? `${text} ${plan.text}` : text,
  };
}

/** Describes replica counts, for example "2 of 4 pods run the new version, 1 is available." */
export function replicaText({
  desired,
  updated,
  available,
}: ReplicaCounts): string {
  if (desired === 0) {
    return 'Scaled to 0 pods.';
  }
  const pods = `of ${formatCount(desired, 'pod', 'pods')}`;
  return updated >= desired
    ? `${formatCount(
        available,
        `${pods} is available`,
        `${pods} are available`,
      )}.`
    : `${formatCount(
        updated,
        `${pods} runs the new version`,
        `${pods} run the new version`,
      )}, ${formatCount(available, 'is available', 'are available')}.`;
}

/** Formats a controller's message as a sentence after another one. */
export function controllerMessage(message: string | undefined): string {
  return message ? ` ${asSentence(redactAddresses(message))}` : '';
}
