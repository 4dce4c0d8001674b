import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** What happens to a request, in this order; the last two once for each Application that it changes. */
export const changeRequestStepIdSchema = z.enum([
  'opened',
  'check',
  'approved',
  'merged',
  'applied',
  'healthy',
]);
export type ChangeRequestStepId = z.infer<typeof changeRequestStepIdSchema>;

export const changeRequestStepSchema = z.object({
  id: changeRequestStepIdSchema,
  /** `skipped`: it will not happen, for example the approval of a request that was merged without one. */
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'skipped']),
  /** When it came to this state; ISO 8601. */
  at: z.iso.datetime().optional(),
  /** The check, or the Argo CD Application. */
  name: z.string().optional(),
  workload: z.string().optional(),
  environment: z.string().optional(),
  /** Who did it, or why it failed, in words for people. */
  text: z.string().optional(),
  /** http(s) only. */
  link: z.string().optional(),
});
export type ChangeRequestStep = z.infer<typeof changeRequestStepSchema>;

/** What a pull request says about its own making. */
export const changeRequestOriginSchema = z.object({
  /** The same for the same template, workload, requester and content. */
  requestId: z.string(),
  /** Entity reference of the template. */
  template: z.string(),
  /** Entity reference of the person. */
  requester: z.string(),
});
export type ChangeRequestOrigin = z.infer<typeof changeRequestOriginSchema>;

/** A pull request on the platform repository that touches directories of a team. */
export const changeRequestSummarySchema = z.object({
  number: z.number().int(),
  title: z.string(),
  /** The pull request; http(s) only. */
  link: z.string().optional(),
  state: z.enum(['open', 'merged', 'closed']),
  /** A step failed that has not passed since. */
  failed: z.boolean(),
  /** The step that it waits for; `done` when there is none. */
  step: z.enum([...changeRequestStepIdSchema.options, 'done']),
  /** From the changed paths, never from what the pull request says. Of the teams that the caller may see. */
  teams: z.array(z.string()),
  workloads: z.array(z.object({ team: z.string(), workload: z.string() })),
  /** Login at the forge of the account that opened it. */
  author: z.string(),
  /** Whether the portal's signature on `origin` fits. */
  verified: z.boolean(),
  /** Only when it is verified. */
  origin: changeRequestOriginSchema.optional(),
  /** What the pull request claims without the portal's signature: anybody may have written it. Absent when it is made by hand and claims nothing. */
  claims: changeRequestOriginSchema.optional(),
  openedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  steps: z.array(changeRequestStepSchema),
});
export type ChangeRequestSummary = z.infer<typeof changeRequestSummarySchema>;

export const changeRequestsQuerySchema = z.object({
  team: z.string().max(100).optional(),
  /** `failed`: in any state, with a step that failed. */
  state: z.enum(['open', 'merged', 'closed', 'failed']).optional(),
  /** The step that requests wait for. */
  step: z.enum([...changeRequestStepIdSchema.options, 'done']).optional(),
  /** Entity reference; finds verified requests only. */
  requester: z.string().max(200).optional(),
  /** Entity reference; finds verified requests only. */
  template: z.string().max(200).optional(),
  /** In number, title, team and workload. */
  search: z.string().max(200).optional(),
  sort: z.enum(['openedAt', 'updatedAt']).default('updatedAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type ChangeRequestsQuery = z.input<typeof changeRequestsQuerySchema>;

/** `GET /change-requests`. */
export const changeRequestsSchema = z.object({
  /** One page, filtered and sorted. */
  items: z.array(changeRequestSummarySchema),
  /** Requests that match the filters, on all pages. */
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type ChangeRequests = z.infer<typeof changeRequestsSchema>;

/** `GET /change-requests/:number`. */
export const changeRequestDetailSchema = changeRequestSummarySchema.extend({
  freshness: freshnessSchema,
});
export type ChangeRequestDetail = z.infer<typeof changeRequestDetailSchema>;

/** `POST /webhooks/forge`. */
export const webhookResponseSchema = z.object({ status: z.literal('accepted') });
