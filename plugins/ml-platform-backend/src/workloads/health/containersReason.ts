import type { HealthReason } from '@internal/plugin-ml-platform-common';
import type { ContainerStatus, Pod } from '@internal/plugin-ml-platform-node';
import { containerReason } from './containerReason';
import { podContainers } from './podContainers';
import type { PodContext } from './PodContext';
import { probeFailureReason } from './probeFailureReason';

/**
 * Reason why one of a pod's containers does not run. Of several that ended, the first that failed is the cause: the
 * others are stopped with it.
 */
export function containersReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const pullError = context
    .eventsOf(pod)
    .find(
      ({ reason, message }) =>
        reason === 'Failed' && message?.includes('pull image'),
    )?.message;
  const [first] = podContainers(pod)
    .flatMap(({ status, role }) => {
      const reason = containerReason(status, { role, pullError });
      return reason ? [{ reason, endedAt: endOf(status) }] : [];
    })
    .sort((a, b) => a.endedAt.localeCompare(b.endedAt));
  if (!first) {
    return undefined;
  }
  const probe =
    first.reason.code === 'crash-loop'
      ? probeFailureReason(pod, context)
      : undefined;
  return probe
    ? { ...first.reason, text: `${first.reason.text} ${probe.text}` }
    : first.reason;
}

/** Containers that are not ended, and those without a time, come first: their order is that of the pod. */
function endOf({ state }: ContainerStatus): string {
  return state?.terminated?.finishedAt ?? '';
}
