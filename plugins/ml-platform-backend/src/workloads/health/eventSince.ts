import type { Event } from '@internal/plugin-ml-platform-node';

/** Time at which an event was first seen, if the event tells; ISO 8601. */
export function eventSince(event: Event | undefined): string | undefined {
  return event?.firstTimestamp ?? event?.eventTime ?? undefined;
}
