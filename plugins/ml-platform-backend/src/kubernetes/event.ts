import { withoutAddresses } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { metadataSchema, type WithMetadata } from './metadata';

export const eventSchema = z.object({
  metadata: metadataSchema,
  involvedObject: z.object({
    kind: z.string().optional(),
    name: z.string().optional(),
    uid: z.string().optional(),
  }),
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  count: z.number().nullish(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
});
export type Event = z.infer<typeof eventSchema>;

/** When it was last seen; old and new ways of recording events name it differently. */
export function eventTime(event: Event): string {
  return (
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp ??
    ''
  );
}

/** Why a controller could not create pods, for example an exceeded quota; the newest such event of the object. */
export function failedCreateReason(
  events: Event[],
  controller: WithMetadata,
): string | undefined {
  const [newest] = events
    .filter(
      ({ reason, involvedObject }) =>
        reason === 'FailedCreate' &&
        involvedObject.uid === controller.metadata.uid,
    )
    .sort((a, b) => eventTime(b).localeCompare(eventTime(a)));
  return newest?.message && withoutAddresses(newest.message);
}
