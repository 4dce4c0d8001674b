import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  isFinishedPod,
  isReadyPod,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { containersReason } from './containersReason';
import { endedPodReason } from './endedPodReason';
import { lostPodReason } from './lostPodReason';
import { NO_CONTEXT, type PodContext } from './PodContext';
import { podStartReason } from './podStartReason';
import { probeFailureReason } from './probeFailureReason';
import { progressReason } from './progressReason';
import { resizeReason } from './resizeReason';
import { unscheduledReason } from './unscheduledReason';

/** Reason why a pod is not ready; undefined when it is, or has succeeded. */
export function podReason(
  pod: Pod,
  context: PodContext = NO_CONTEXT,
): HealthReason | undefined {
  const reason = findReason(pod, context);
  return (
    reason && {
      object: { kind: 'Pod', name: pod.metadata.name },
      since: sinceOf(pod),
      ...definedOnly(reason),
    }
  );
}

function findReason(pod: Pod, context: PodContext): HealthReason | undefined {
  if (pod.status.phase === 'Succeeded') {
    return undefined;
  }
  if (isFinishedPod(pod)) {
    // Events of an ended pod are about earlier problems.
    return endedPodReason(pod) ?? containersReason(pod, NO_CONTEXT);
  }
  if (isReadyPod(pod) && pod.metadata.deletionTimestamp === undefined) {
    return resizeReason(pod);
  }
  return (
    lostPodReason(pod, context) ??
    unscheduledReason(pod, context) ??
    containersReason(pod, context) ??
    podStartReason(pod, context) ??
    probeFailureReason(pod, context) ??
    progressReason(pod)
  );
}

/** Time since which the pod is not ready. */
function sinceOf({ metadata, status }: Pod): string | undefined {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.lastTransitionTime ?? metadata.creationTimestamp;
}

/** Without a time of its own, a reason applies since the pod is not ready. */
function definedOnly({ since, ...reason }: HealthReason): HealthReason {
  return since === undefined ? reason : { ...reason, since };
}
