import { healthStateSchema } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

export const platformFiltersSchema = z.object({
  environment: z.string().max(100).catch(''),
  state: z.enum(['', ...healthStateSchema.options]).catch(''),
  search: z.string().max(200).catch(''),
  sort: z
    .enum(['state', 'team', 'gpu', 'cpu', 'findings', 'cost'])
    .catch('state'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z.literal('1').catch('1'),
});
export type PlatformFilters = z.infer<typeof platformFiltersSchema>;
