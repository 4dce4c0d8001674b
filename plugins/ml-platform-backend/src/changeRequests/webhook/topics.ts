import { z } from 'zod';

/** Something was pushed to the branch that is deployed. The catalog's module listens, too. */
export const PUSH_TOPIC = 'ml-platform.repository.push';

/** Something happened to a pull request. All replicas listen. */
export const REQUEST_TOPIC = 'ml-platform.change-requests.changed';

/** Of REQUEST_TOPIC: which pull request, or the head of which; neither when it may be any. */
export const requestEventSchema = z.object({
  number: z.number().int().positive().optional(),
  commit: z.string().optional(),
});
export type RequestEvent = z.infer<typeof requestEventSchema>;
