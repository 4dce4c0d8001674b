import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** Steps of a change request, in order; the last two occur once for each Application that it changes. */
const changeRequestStepIdSchema = z.enum([
  'opened',
  'check',
  'approved',
  'merged',
  'applied',
  'healthy',
]);
export type ChangeRequestStepId = z.infer<typeof changeRequestStepIdSchema>;

const changeRequestStepSchema = z.object({
  id: changeRequestStepIdSchema,
  /** `skipped`: will not happen, for example the approval of a change request that was merged without one. */
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'skipped']),
  /** Time of the change to this state; ISO 8601. */
  at: z.iso.datetime().optional(),
  /** Name of the check, or of the Argo CD Application. */
  name: z.string().optional(),
  workload: z.string().optional(),
  environment: z.string().optional(),
  /** Actor of the step, or reason of its failure, for people. */
  text: z.string().optional(),
  /** http(s) only. */
  link: z.string().optional(),
});
export type ChangeRequestStep = z.infer<typeof changeRequestStepSchema>;

/** Origin of a change request, from the trailer of its pull request. */
const changeRequestOriginSchema = z.object({
  /** Equal for the same template, workload, requester and content. */
  requestId: z.string(),
  /** Entity reference of the template. */
  template: z.string(),
  /** Entity reference of the requesting user. */
  requester: z.string(),
});
export type ChangeRequestOrigin = z.infer<typeof changeRequestOriginSchema>;

/**
 * Origin of a pull request:
 *
 * - `verified`: the portal opened it, and its content is what the portal pushed.
 * - `changed`: the portal opened it, and commits were pushed since.
 * - `claimed`: it carries a trailer, which anybody could have written or copied.
 * - `none`: it has no trailer.
 */
const provenanceSchema = z.enum(['verified', 'changed', 'claimed', 'none']);
export type Provenance = z.infer<typeof provenanceSchema>;

/** A pull request on the platform repository that changes directories of a team. */
const changeRequestSummarySchema = z.object({
  number: z.number().int(),
  title: z.string(),
  /** URL of the pull request; http(s) only. */
  link: z.string().optional(),
  state: z.enum(['open', 'merged', 'closed']),
  /** True when a step failed and has not passed since. */
  failed: z.boolean(),
  /** The next step; `done` after the last one. */
  step: z.enum([...changeRequestStepIdSchema.options, 'done']),
  /** Affected teams by the changed paths (never by the trailer), as far as the caller may see them. */
  teams: z.array(z.string()),
  workloads: z.array(z.object({ team: z.string(), workload: z.string() })),
  /** Forge account that opened it. */
  author: z.string(),
  provenance: provenanceSchema,
  /** Only with the provenance `verified` or `changed`. */
  origin: changeRequestOriginSchema.optional(),
  /** Only with the provenance `claimed`. */
  claims: changeRequestOriginSchema.optional(),
  openedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  steps: z.array(changeRequestStepSchema),
});
export type ChangeRequestSummary = z.infer<typeof changeRequestSummarySchema>;

export const changeRequestsQuerySchema = z.object({
  /** Comma-separated names; matches change requests of any of the teams. */
  team: z.string().max(2_000).optional(),
  /** Exact name of a workload; with `team`, that of one of the teams. */
  workload: z.string().max(100).optional(),
  /** `active`: open, or merged with steps to come. `failed`: any state, with a failed step. */
  state: z.enum(['active', 'open', 'merged', 'closed', 'failed']).optional(),
  /** The next step. */
  step: z.enum([...changeRequestStepIdSchema.options, 'done']).optional(),
  /** Entity reference; matches change requests that the portal opened. */
  requester: z.string().max(200).optional(),
  /** Entity reference of a user; matches like `requester`, and pull requests of the forge account with the user's name. */
  person: z.string().max(200).optional(),
  /** Entity reference; matches change requests that the portal opened. */
  template: z.string().max(200).optional(),
  /** Part of the number, title, team or workload. */
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
  /** Matching change requests, on all pages. */
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
export const webhookResponseSchema = z.object({
  status: z.literal('accepted'),
});
