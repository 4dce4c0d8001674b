import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** `GET /clusters/:cluster/namespaces/:namespace/events?name=`: `name` is the involved object. */
export const objectEventsQuerySchema = z.object({
  name: z.string().min(1).max(253),
});

/** Kubernetes Event, with the fields that the pod drawer of the Kubernetes tab shows. */
const objectEventSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    creationTimestamp: z.string().optional(),
  }),
  involvedObject: z.object({
    kind: z.string().optional(),
    name: z.string().optional(),
    uid: z.string().optional(),
  }),
  /** `Normal` or `Warning`. */
  type: z.string(),
  reason: z.string(),
  /** Message of Kubernetes, without addresses. */
  message: z.string(),
  count: z.number().int(),
  firstTimestamp: z.string().optional(),
  lastTimestamp: z.string().optional(),
});
export type ObjectEvent = z.infer<typeof objectEventSchema>;

export const objectEventsSchema = z.object({
  /** Newest first. */
  items: z.array(objectEventSchema),
  freshness: freshnessSchema,
});
export type ObjectEvents = z.infer<typeof objectEventsSchema>;
