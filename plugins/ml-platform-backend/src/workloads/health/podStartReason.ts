import type { HealthReason } from '@internal/plugin-ml-platform-common';
import type { Event, Pod } from '@internal/plugin-ml-platform-node';
import { eventSince } from './eventSince';
import { asSentence, PLATFORM_TEAM_ADVICE } from './formatting';
import type { PodContext } from './PodContext';
import { startErrorText } from './startErrorText';
import { VOLUME_EVENTS, volumeReason } from './volumeReason';

/**
 * Reason from events why a pod does not start on its node. Such events are outdated once a container has started.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/events/event.go
 */
export function podStartReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const { status } = pod;
  const hasStarted = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ].some(({ state }) => state?.running ?? state?.terminated);
  if (status.phase === 'Running' || hasStarted) {
    return undefined;
  }
  for (const event of context.eventsOf(pod)) {
    const reason = startEventReason(event);
    if (reason) {
      return {
        ...reason,
        since: eventSince(event),
      };
    }
  }
  return undefined;
}

function startEventReason({
  reason,
  message,
}: Event): HealthReason | undefined {
  if (!reason || !message) {
    return undefined;
  }
  if (VOLUME_EVENTS.includes(reason)) {
    return volumeReason(message);
  }
  if (reason === 'FailedCreatePodSandBox') {
    return { code: 'start-failed', text: sandboxText(message) };
  }
  if (reason === 'FailedPrepareDynamicResources') {
    return {
      code: 'start-failed',
      text: `The devices that the pod claims cannot be prepared on its node: ${startErrorText(
        message,
      )} ${PLATFORM_TEAM_ADVICE}`,
    };
  }
  return undefined;
}

function sandboxText(message: string): string {
  if (
    /assign an IP address|no available IP|IP addresses available/i.test(message)
  ) {
    return `The node has no free IP address for the pod. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;
  }
  const runtime = /no runtime for "([^"]+)" is configured/.exec(message)?.[1];
  if (runtime) {
    return `The node has no container runtime called ${runtime}. Correct runtimeClassName, or choose nodes that have it. ${PLATFORM_TEAM_ADVICE}`;
  }
  if (/network|cni|ip address/i.test(message)) {
    return `The node cannot set up the pod's network. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`;
  }
  return asSentence(
    `The node cannot set up the pod: ${startErrorText(message)}`,
  );
}
