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
      text: 'The rollout is paused; changes are not applied until it is resumed.',
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
  return { ...progress, ...replicaState(deployment, progress) };
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
  return { ...progress, ...replicaState(statefulSet, progress) };
}

/** Rollout progress of a DaemonSet. */
export function daemonSetRollout(daemonSet: DaemonSet): Rollout {
  const { metadata, status } = daemonSet;
  const progress = {
    kind: 'DaemonSet' as const,
    name: metadata.name,
    desired: status.desiredNumberScheduled,
    updated: status.updatedNumberScheduled,
    available: status.numberAvailable,
  };
  return { ...progress, ...replicaState(daemonSet, progress) };
}

interface ReplicaCounts {
  desired: number;
  updated: number;
  available: number;
}

/** Derives the state from replica counts. Until the controller has observed the spec, they describe the old version. */
function replicaState(
  {
    metadata,
    status,
  }: WithMetadata & { status: { observedGeneration?: number } },
  counts: ReplicaCounts,
): Pick<Rollout, 'state' | 'text'> {
  const isObserved =
    metadata.generation === undefined ||
    status.observedGeneration === undefined ||
    status.observedGeneration >= metadata.generation;
  const { desired, updated, available } = counts;
  const isComplete = isObserved && updated >= desired && available >= desired;
  return {
    state: isComplete ? 'complete' : 'progressing',
    text: replicaText(counts),
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
