import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** Cost in the currency's unit; sums are rounded to four decimals. */
const costSchema = z.object({
  perHour: z.number(),
  perDay: z.number(),
  /** 30 days. */
  perMonth: z.number(),
  /** Parts of `perHour`. */
  breakdown: z.object({
    cpu: z.number(),
    memory: z.number(),
    gpu: z.number(),
    storage: z.number(),
  }),
});
export type Cost = z.infer<typeof costSchema>;

const workloadCostSchema = costSchema.extend({
  /** Absent for pods and volumes without a workload. */
  workload: z.string().optional(),
  environment: z.string(),
  /** Scheduled pods that are not finished; others cost nothing. */
  pods: z.number().int(),
});
export type WorkloadCost = z.infer<typeof workloadCostSchema>;

const pageQuery = {
  environment: z.string().max(100).optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

export const teamCostQuerySchema = z.object({
  ...pageQuery,
  workload: z.string().max(100).optional(),
  sort: z
    .enum(['cost', 'cpu', 'memory', 'gpu', 'storage', 'workload'])
    .default('cost'),
});
export type TeamCostQuery = z.input<typeof teamCostQuerySchema>;

const priced = {
  /** False without `mlPlatform.prices`; then there are no items. */
  configured: z.boolean(),
  /** ISO 4217. */
  currency: z.string().optional(),
  /** True for made-up prices. */
  sample: z.boolean(),
  /** Basis of the cost: resource requests, used or not. */
  basis: z.literal('requests'),
  /** Sums of all matching items, on all pages. */
  totals: costSchema,
  /** Matching items, on all pages. */
  total: z.number().int(),
  freshness: freshnessSchema,
};

/** `GET /teams/:team/cost`: current cost of the team's workloads. */
export const teamCostSchema = z.object({
  ...priced,
  items: z.array(workloadCostSchema),
  /** Unrequested share of the quota's price in each environment with a quota, 0 to 1. */
  idleQuota: z.array(z.object({ environment: z.string(), share: z.number() })),
});
export type TeamCost = z.infer<typeof teamCostSchema>;

export const costQuerySchema = z.object({
  ...pageQuery,
  sort: z
    .enum(['cost', 'cpu', 'memory', 'gpu', 'storage', 'team'])
    .default('cost'),
});
export type CostQuery = z.input<typeof costQuerySchema>;

/** `GET /cost`: current cost of each team that the caller may see. */
export const teamsCostSchema = z.object({
  ...priced,
  items: z.array(
    costSchema.extend({ team: z.string(), pods: z.number().int() }),
  ),
});
export type TeamsCost = z.infer<typeof teamsCostSchema>;
