import { z } from 'zod';
import { metadataSchema } from './metadata';

export const eventSchema = z.object({
  metadata: metadataSchema,
  involvedObject: z.object({
    kind: z.string().optional(),
    name: z.string().optional(),
    uid: z.string().optional(),
    /** Which container: `spec.containers{server}`. */
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

/** When it was last seen; old and new ways of recording events name it differently. */
export function eventTime(event: Event): string {
  return (
    event.lastTimestamp ??
    event.series?.lastObservedTime ??
    event.eventTime ??
    event.metadata.creationTimestamp ??
    ''
  );
}
