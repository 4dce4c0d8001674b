import { z } from 'zod';
import { freshnessSchema } from './freshness';

const dashboardSchema = z.object({
  title: z.string(),
  /** http(s) only. */
  url: z.string(),
  folderTitle: z.string(),
  folderUrl: z.string(),
  tags: z.array(z.string()),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

export const dashboardsQuerySchema = z.object({
  /** `<team>--<workload>`. */
  tag: z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be <team>--<workload>'),
});

/** `GET /dashboards?tag=<team>--<workload>`. */
export const dashboardsSchema = z.object({
  items: z.array(dashboardSchema),
  freshness: freshnessSchema,
});
export type Dashboards = z.infer<typeof dashboardsSchema>;
