import type { HealthReason } from '@internal/plugin-ml-platform-common';
import type { Event, Pod } from '@internal/plugin-ml-platform-node';
import { eventSince } from './eventSince';
import { podContainers, type PodContainer } from './podContainers';
import type { PodContext } from './PodContext';
import { probeReason } from './probeReason';

/** Reason from the newest event about a probe that still fails, whatever the phase of the pod. */
export function probeFailureReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const containers = podContainers(pod);
  for (const event of context.eventsOf(pod)) {
    if (event.reason === 'Unhealthy') {
      const name = /\{([^}]+)\}/.exec(
        event.involvedObject.fieldPath ?? '',
      )?.[1];
      const container = containers.find(({ status }) => status.name === name);
      const reason = isOutdated(event, container)
        ? undefined
        : probeReason(event.message ?? '', name, container);
      if (reason) {
        return {
          ...reason,
          since: eventSince(event),
        };
      }
    }
  }
  return undefined;
}

/** A container that is ready, or has passed its startup probe, explains nothing. */
function isOutdated(
  { message }: Event,
  container: PodContainer | undefined,
): boolean {
  return Boolean(
    container?.status.ready ||
      (container?.status.started && message?.startsWith('Startup')),
  );
}
