import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { gpuAmountSchema } from './gpus';

export const runStateSchema = z.enum([
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Suspended',
  /** The Job was deleted before it ended. */
  'Removed',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** A training run: a Job with the run label, or of a CronJob. Kept after the deletion of the Job. Times are by the cluster's clock. */
const runSchema = z.object({
  /** The uid of the Job. */
  id: z.string(),
  /** The name of the Job. */
  name: z.string(),
  /** Name of the run (`ml-platform.io/run`). */
  run: z.string().optional(),
  /** Name of the CronJob that created it. */
  scheduledBy: z.string().optional(),
  team: z.string(),
  workload: z.string().optional(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  state: runStateSchema,
  /** Reason of the state, for people. */
  reason: z.string().optional(),
  /** Place in Kueue's queue; only while it waits there. */
  queue: z
    .object({
      name: z.string(),
      /** Starts at 1. */
      position: z.number().int(),
      length: z.number().int(),
    })
    .optional(),
  /** Image of the first container. */
  image: z.string().optional(),
  /** The newest pod, while the Job exists. */
  pod: z.string().optional(),
  createdAt: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** Time from the start to the end, or until now. */
  durationSeconds: z.number().int().min(0),
  /** Whole GPUs requested by one pod. */
  gpus: z.number().int(),
  /** GPUs, slices and shares of GPUs requested by one pod, by resource. */
  gpuAmounts: z.array(gpuAmountSchema),
  /** Running time of containers times their requested whole GPUs, over all pods of the run. */
  gpuHours: z.number().min(0),
  /** The same for slices and shares of GPUs, each counted as one. */
  sliceHours: z.number().min(0),
  /** GPU hours at the list price of a GPU, in the currency of `prices`; absent without prices. Slices, shares, CPU and memory are not in it. */
  gpuCost: z.number().optional(),
  /** Number of failed pods. */
  retries: z.number().int(),
  /** Exit code of the container that failed last; 0 for a successful run. */
  exitCode: z.number().int().optional(),
  /** True while the Job is in the cluster. */
  live: z.boolean(),
  /** Time at which the portal noticed the deletion of the Job, by the portal's clock; ISO 8601. */
  removedAt: z.string().optional(),
});
export type Run = z.infer<typeof runSchema>;

export const runsQuerySchema = z.object({
  workload: z.string().optional(),
  environment: z.string().optional(),
  state: runStateSchema.optional(),
  /** Part of the name of the Job, the run or the workload. */
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
  /** Matching runs, on all pages. */
  total: z.number().int(),
  /** Number of runs by state, with all filters except `state`. */
  counts: z.record(runStateSchema, z.number().int()),
  /** Absent without `mlPlatform.prices`. */
  prices: z
    .object({
      /** ISO 4217. */
      currency: z.string(),
      /** True for made-up prices. */
      sample: z.boolean(),
    })
    .optional(),
  freshness: freshnessSchema,
});
export type Runs = z.infer<typeof runsSchema>;

export const activeRunsQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ActiveRunsQuery = z.input<typeof activeRunsQuerySchema>;

/** `GET /runs`: runs of all teams that the caller may see, which have not ended. */
export const activeRunsSchema = z.object({
  /** Waiting ones first, then the longest running ones. */
  items: z.array(runSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type ActiveRuns = z.infer<typeof activeRunsSchema>;

/** A pod of the run. */
const runAttemptSchema = z.object({
  pod: z.string(),
  /** Last known phase: Pending, Running, Succeeded, Failed or Unknown. */
  phase: z.string(),
  reason: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  exitCode: z.number().int().optional(),
  gpuHours: z.number().min(0),
  sliceHours: z.number().min(0),
});
export type RunAttempt = z.infer<typeof runAttemptSchema>;

/** `GET /teams/:team/runs/:id`. */
export const runDetailSchema = runSchema.extend({
  /** Oldest first; the last ones when there are very many. */
  attempts: z.array(runAttemptSchema),
  freshness: freshnessSchema,
});
export type RunDetail = z.infer<typeof runDetailSchema>;
