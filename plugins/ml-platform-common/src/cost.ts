import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** Money is in the currency's unit, rounded to four decimals after adding up. */
export const costSchema = z.object({
  perHour: z.number(),
  perDay: z.number(),
  /** 30 days. */
  perMonth: z.number(),
  /** Of `perHour`. */
  breakdown: z.object({
    cpu: z.number(),
    memory: z.number(),
    gpu: z.number(),
    storage: z.number(),
  }),
});
export type Cost = z.infer<typeof costSchema>;

export const workloadCostSchema = costSchema.extend({
  /** Absent: what belongs to no workload. */
  workload: z.string().optional(),
  environment: z.string(),
  /** Pods that have a node and are not finished: only these cost something. */
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
  /** False without `mlPlatform.prices`: then everything else is empty. */
  configured: z.boolean(),
  /** ISO 4217. */
  currency: z.string().optional(),
  /** True for prices that are made up. */
  sample: z.boolean(),
  /** What is counted: requests, whether or not they are used. */
  basis: z.literal('requests'),
  /** Of all items that match, on all pages. */
  totals: costSchema,
  /** Items that match, on all pages. */
  total: z.number().int(),
  freshness: freshnessSchema,
};

/** `GET /teams/:team/cost`: what the team's workloads cost now. */
export const teamCostSchema = z.object({
  ...priced,
  items: z.array(workloadCostSchema),
  /** Of each environment that has a quota: the share of the quota's price that nothing asks for, 0 to 1. */
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

/** `GET /cost`: what each team that the caller may see costs now. */
export const teamsCostSchema = z.object({
  ...priced,
  items: z.array(
    costSchema.extend({ team: z.string(), pods: z.number().int() }),
  ),
});
export type TeamsCost = z.infer<typeof teamsCostSchema>;
