import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, message, pick, text } from './projection/projector';

const eventSchema = z.object({
  metadata: metadataSchema,
  involvedObject: z.object({
    kind: z.string().optional(),
    name: z.string().optional(),
    uid: z.string().optional(),
    /** The container, for example `spec.containers{server}`. */
    fieldPath: z.string().optional(),
  }),
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  count: z.number().nullish(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  series: z.object({ lastObservedTime: z.string().nullish() }).nullish(),
});
export type Event = z.infer<typeof eventSchema>;

export const eventKind = {
  apiVersion: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
  schema: eventSchema,
  projection: {
    involvedObject: pick({
      apiVersion: text,
      kind: text,
      name: text,
      namespace: text,
      uid: text,
      fieldPath: text,
    }),
    type: text,
    reason: text,
    message,
    count: keep,
    firstTimestamp: keep,
    lastTimestamp: keep,
    eventTime: keep,
    series: pick({ count: keep, lastObservedTime: keep }),
    source: interned(pick({ component: keep })),
    reportingComponent: text,
  },
} satisfies Kind;

/** The time that an event was last seen; the two event APIs store it in different fields. */
export function eventTime(event: Event): string {
  return (
    event.lastTimestamp ??
    event.series?.lastObservedTime ??
    event.eventTime ??
    event.metadata.creationTimestamp ??
    ''
  );
}
