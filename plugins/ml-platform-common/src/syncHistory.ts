import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { sourceRevisionSchema } from './workload';

/** `GET /teams/:team/workloads/:workload/deployments`. */
export const syncHistoryQuerySchema = z.object({
  environment: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SyncHistoryQuery = z.input<typeof syncHistoryQuerySchema>;

/** A successful sync of a workload by Argo CD. */
const syncHistoryEntrySchema = z.object({
  environment: z.string(),
  /** Argo CD's id of the history entry, counted per environment. */
  id: z.number().int(),
  /** The full commit; the version of the chart if no source is a Git repository. */
  revision: z.string(),
  /** All revisions, for an Application with several sources or with a Helm chart. */
  sources: z.array(sourceRevisionSchema).optional(),
  /** Time of deployment; ISO 8601. */
  deployedAt: z.string().optional(),
  startedAt: z.string().optional(),
  /** True for the newest entry of an environment, which is deployed now. */
  current: z.boolean(),
  /** `Name <email>`. Absent when the clone does not have the commit. */
  author: z.string().optional(),
  /** First line of the commit message. */
  subject: z.string().optional(),
});
export type SyncHistoryEntry = z.infer<typeof syncHistoryEntrySchema>;

export const syncHistorySchema = z.object({
  /** Newest first. Argo CD keeps the last ten of each environment. */
  items: z.array(syncHistoryEntrySchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type SyncHistory = z.infer<typeof syncHistorySchema>;
