import { z } from 'zod';

/** Filters of the Runs tab, in its URL. */
export const runsUrlSchema = z.object({
  view: z.enum(['table', 'timeline']).catch('table'),
  state: z.string().catch(''),
  environment: z.string().catch(''),
  search: z.string().catch(''),
  page: z.string().catch('1'),
  /** Ids of the runs that are compared, separated by commas. */
  compare: z.string().catch(''),
});
