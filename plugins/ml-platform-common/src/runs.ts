import { z } from 'zod';
import { freshnessSchema } from './freshness';

export const runStateSchema = z.enum([
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Suspended',
  /** Its Job was deleted before it ended. */
  'Removed',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** A training run: a Job that is labelled as one, or that a CronJob made. Known also when the Job is gone. Times are the cluster's. */
export const runSchema = z.object({
  /** The uid of the Job. */
  id: z.string(),
  /** The name of the Job. */
  name: z.string(),
  /** What the run was requested as (`ml-platform.io/run`). */
  run: z.string().optional(),
  /** The CronJob that made it. */
  scheduledBy: z.string().optional(),
  team: z.string(),
  workload: z.string().optional(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  state: runStateSchema,
  /** Why it is in this state, in words. */
  reason: z.string().optional(),
  createdAt: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** From the start to the end, or until now. */
  durationSeconds: z.number().int().min(0),
  /** `nvidia.com/gpu` asked by one pod. */
  gpus: z.number().int(),
  /** Running time of containers times the GPUs they ask for, over all pods that it ever had. */
  gpuHours: z.number().min(0),
  /** Pods that failed. */
  retries: z.number().int(),
  /** 0 when it succeeded, else of the container that failed last. */
  exitCode: z.number().int().optional(),
  /** Whether its Job is still in the cluster. */
  live: z.boolean(),
  /** When the portal noticed that the Job was gone; ISO 8601, the portal's clock. */
  removedAt: z.string().optional(),
});
export type Run = z.infer<typeof runSchema>;

export const runsQuerySchema = z.object({
  workload: z.string().optional(),
  environment: z.string().optional(),
  state: runStateSchema.optional(),
  /** Part of the name, of the run's name or of the workload's. */
  search: z.string().max(200).optional(),
  sort: z
    .enum(['startedAt', 'duration', 'gpuHours', 'name'])
    .default('startedAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type RunsQuery = z.output<typeof runsQuerySchema>;

/** `GET /teams/:team/runs`. */
export const runsSchema = z.object({
  /** One page, filtered and sorted. */
  items: z.array(runSchema),
  /** Runs that match the filters, on all pages. */
  total: z.number().int(),
  /** By state, of what matches the other filters. */
  counts: z.record(runStateSchema, z.number().int()),
  freshness: freshnessSchema,
});
export type Runs = z.infer<typeof runsSchema>;

/** One pod that the run had. */
export const runAttemptSchema = z.object({
  pod: z.string(),
  /** Kubernetes' word, as last seen: Pending, Running, Succeeded, Failed or Unknown. */
  phase: z.string(),
  reason: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  exitCode: z.number().int().optional(),
  gpuHours: z.number().min(0),
});
export type RunAttempt = z.infer<typeof runAttemptSchema>;

/** `GET /teams/:team/runs/:id`. */
export const runDetailSchema = runSchema.extend({
  /** Oldest first; of very many pods, the last ones. */
  attempts: z.array(runAttemptSchema),
  freshness: freshnessSchema,
});
export type RunDetail = z.infer<typeof runDetailSchema>;
