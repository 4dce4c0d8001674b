import { z } from 'zod';

/** Event topic: a push to the deployed branch. The catalog's module subscribes, too. */
export const PUSH_TOPIC = 'ml-platform.repository.push';

/** Event topic: a pull request changed. All replicas subscribe. */
export const REQUEST_TOPIC = 'ml-platform.change-requests.changed';

/** Payload of REQUEST_TOPIC: a pull request, or a head commit; neither if it can be any pull request. */
export const requestEventSchema = z.object({
  number: z.number().int().positive().optional(),
  commit: z.string().optional(),
});
export type RequestEvent = z.infer<typeof requestEventSchema>;
