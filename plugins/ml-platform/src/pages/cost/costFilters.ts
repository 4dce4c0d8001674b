import { z } from 'zod';

export const PAGE_SIZE = 20;

const SORTS = ['cost', 'cpu', 'memory', 'gpu', 'storage'] as const;

/** State of the page in the URL: all teams, or the workloads of one. */
export const costFiltersSchema = z.object({
  team: z.string().max(100).catch(''),
  environment: z.string().max(100).catch(''),
  sort: z.enum([...SORTS, 'name']).catch('cost'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .catch('1'),
});
export type CostFilters = z.infer<typeof costFiltersSchema>;
