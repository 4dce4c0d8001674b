import type { Rollout } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type DaemonSet,
  type Replicated,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';

export function deploymentRollout(deployment: Replicated): Rollout {
  const { metadata, spec, status } = deployment;
  const progress = status.conditions.find(({ type }) => type === 'Progressing');
  const numbers = {
    kind: 'Deployment' as const,
    name: metadata.name,
    desired: spec.replicas,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    revision: metadata.annotations?.['deployment.kubernetes.io/revision'],
  };
  if (spec.paused) {
    return {
      ...numbers,
      state: 'paused',
      text: 'The rollout is paused: changes wait until it is resumed.',
      pausedAt:
        progress?.reason === 'DeploymentPaused'
          ? progress.lastTransitionTime
          : undefined,
    };
  }
  if (
    progress?.reason === 'ProgressDeadlineExceeded' &&
    progress.status === 'False'
  ) {
    return {
      ...numbers,
      state: 'failed',
      text: `The new version did not become available in time: ${pods(
        numbers,
      )}`,
    };
  }
  return { ...numbers, ...byNumbers(deployment, numbers) };
}

export function statefulSetRollout(statefulSet: Replicated): Rollout {
  const { metadata, spec, status } = statefulSet;
  const isUpdated = status.currentRevision === status.updateRevision;
  const numbers = {
    kind: 'StatefulSet' as const,
    name: metadata.name,
    desired: spec.replicas,
    // After a rollout Kubernetes counts all of them as current ones, too.
    updated: isUpdated
      ? Math.max(status.updatedReplicas, status.availableReplicas)
      : status.updatedReplicas,
    available: status.availableReplicas,
    revision: status.updateRevision?.replace(`${metadata.name}-`, ''),
  };
  return { ...numbers, ...byNumbers(statefulSet, numbers) };
}

export function daemonSetRollout(daemonSet: DaemonSet): Rollout {
  const { metadata, status } = daemonSet;
  const numbers = {
    kind: 'DaemonSet' as const,
    name: metadata.name,
    desired: status.desiredNumberScheduled,
    updated: status.updatedNumberScheduled,
    available: status.numberAvailable,
  };
  return { ...numbers, ...byNumbers(daemonSet, numbers) };
}

interface Numbers {
  desired: number;
  updated: number;
  available: number;
}

/** What was changed and not yet seen by its controller is on its way, whatever the numbers say of the version before. */
function byNumbers(
  {
    metadata,
    status,
  }: WithMetadata & { status: { observedGeneration?: number } },
  numbers: Numbers,
): Pick<Rollout, 'state' | 'text'> {
  const isSeen =
    metadata.generation === undefined ||
    status.observedGeneration === undefined ||
    status.observedGeneration >= metadata.generation;
  const { desired, updated, available } = numbers;
  return isSeen && updated >= desired && available >= desired
    ? { state: 'complete', text: asSentence(pods(numbers)) }
    : { state: 'progressing', text: asSentence(pods(numbers)) };
}

/** "2 of 4 pods run the new version, 3 are available." */
export function pods({ desired, updated, available }: Numbers): string {
  if (desired === 0) {
    return 'It is scaled to no pods.';
  }
  return updated >= desired
    ? `${available} of ${desired} pods are available.`
    : `${updated} of ${desired} pods run the new version, ${available} are available.`;
}

/** Words of a controller, for people. */
export function controllerMessage(message: string | undefined): string {
  return message ? ` ${asSentence(redactAddresses(message))}` : '';
}
