import type { Event } from '@internal/plugin-ml-platform-node';

/** Time at which an event was first seen, in ISO 8601; undefined if the event has none. */
export function eventSince(event: Event | undefined): string | undefined {
  return event?.firstTimestamp ?? event?.eventTime ?? undefined;
}
