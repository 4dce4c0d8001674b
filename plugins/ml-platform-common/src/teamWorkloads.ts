import { z } from 'zod';
import { freshnessSchema } from './freshness';
import {
  healthCountsSchema,
  healthReasonSchema,
  healthSchema,
  healthStateSchema,
} from './health';
import { quotaResourceSchema } from './quota';
import { workloadFindingsSchema } from './vulnerabilities';
import { syncStatusSchema } from './workload';

const page = {
  order: z.enum(['asc', 'desc']).default('asc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** `GET /teams/:team/workloads`. */
export const teamWorkloadsQuerySchema = z.object({
  /** Limits the result, including the states of workloads, to this environment. */
  environment: z.string().optional(),
  state: healthStateSchema.optional(),
  /** Adds the findings in numbers. */
  findings: z.stringbool().default(false),
  /** Part of a workload's name. */
  search: z.string().max(200).optional(),
  /** `state`: ascending order starts with the most severe. */
  sort: z.enum(['name', 'state', 'deployedAt']).default('name'),
  ...page,
});
export type TeamWorkloadsQuery = z.input<typeof teamWorkloadsQuerySchema>;

const teamWorkloadSchema = z.object({
  workload: z.string(),
  /** Most severe state of its environments; `missing` only when it is missing in all of them. */
  state: healthStateSchema,
  /** Time of the last deployment in any environment; ISO 8601. */
  deployedAt: z.string().optional(),
  environments: z.array(
    z.object({
      environment: z.string(),
      health: healthSchema,
      pods: z.object({ ready: z.number().int(), total: z.number().int() }),
      image: z.string().optional(),
      /** Absent without an Application. */
      sync: syncStatusSchema.optional(),
      revision: z.string().optional(),
      deployedAt: z.string().optional(),
    }),
  ),
  /** Training runs in progress. */
  runs: z.object({ running: z.number().int(), waiting: z.number().int() }),
  /** Only if the query asks for them and the caller may see findings of the team. */
  findings: workloadFindingsSchema.optional(),
});
export type TeamWorkload = z.infer<typeof teamWorkloadSchema>;

export const teamWorkloadsSchema = z.object({
  items: z.array(teamWorkloadSchema),
  /** Matching workloads, on all pages. */
  total: z.number().int(),
  /** Number of workloads by state, with all filters except `state`. */
  counts: healthCountsSchema,
  freshness: freshnessSchema,
});
export type TeamWorkloads = z.infer<typeof teamWorkloadsSchema>;

/** `GET /teams`: teams that have a namespace and that the caller may see. */
export const teamsQuerySchema = z.object({
  search: z.string().max(200).optional(),
  /** `state`: ascending order starts with the teams with the most degraded, then waiting workloads. */
  sort: z.enum(['name', 'state']).default('name'),
  ...page,
});
export type TeamsQuery = z.input<typeof teamsQuerySchema>;

const teamEnvironmentSchema = z.object({
  environment: z.string(),
  /** Workloads by their state in this environment; `missing` are those of other environments. */
  counts: healthCountsSchema,
  /** Requests of CPU, memory and GPUs; empty without a quota or a namespace. */
  quota: z.array(quotaResourceSchema),
});
export type TeamEnvironment = z.infer<typeof teamEnvironmentSchema>;

const teamProblemSchema = z.object({
  workload: z.string(),
  environment: z.string(),
  state: healthStateSchema,
  /** The most severe reason. */
  reason: healthReasonSchema.optional(),
});
export type TeamProblem = z.infer<typeof teamProblemSchema>;

const teamOverviewSchema = z.object({
  team: z.string(),
  workloads: z.number().int(),
  /** Workloads by the most severe state of their environments. */
  counts: healthCountsSchema,
  environments: z.array(teamEnvironmentSchema),
  /** Degraded workloads, those in the last environment (production) first; at most five. */
  problems: z.array(teamProblemSchema),
});
export type TeamOverview = z.infer<typeof teamOverviewSchema>;

export const teamsSchema = z.object({
  items: z.array(teamOverviewSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Teams = z.infer<typeof teamsSchema>;
