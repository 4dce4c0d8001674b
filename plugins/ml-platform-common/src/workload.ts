import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { healthReasonSchema, healthSchema } from './health';
import { rolloutSchema } from './rollout';

/** Argo CD's words for sync and health; `Missing` health also when there is no Application. */
export const syncStatusSchema = z.enum(['Synced', 'OutOfSync', 'Unknown']);
export const healthStatusSchema = z.enum([
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
]);

export const applicationSummarySchema = z.object({
  name: z.string(),
  sync: syncStatusSchema,
  health: healthStatusSchema,
  /** The full commit that is deployed. */
  revision: z.string().optional(),
  /** Condition messages of a failed build or sync, without hosts. */
  conditions: z.array(z.object({ type: z.string(), message: z.string() })),
  /** When what is deployed was applied; ISO 8601. Absent when nothing ever was. */
  deployedAt: z.string().optional(),
  /** The sync that runs, or the last one. */
  operation: z
    .object({
      phase: z.enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded']),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
      /** Times that Argo CD has tried again. */
      retries: z.number().int(),
    })
    .optional(),
});
export type ApplicationSummary = z.infer<typeof applicationSummarySchema>;

/** A Job, or the CronJob that makes Jobs, in a person's words. */
export const jobSummarySchema = z.object({
  kind: z.enum(['Job', 'CronJob']),
  name: z.string(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  state: z.enum([
    'Pending',
    'Running',
    'Succeeded',
    'Failed',
    'Suspended',
    'Scheduled',
  ]),
  /** Why it is in this state, in words. */
  reason: z.string().optional(),
  /** The same, with what kind of thing it is. */
  reasons: z.array(healthReasonSchema).optional(),
  /** The training run (`ml-platform.io/run`) that the Job is. */
  run: z.string().optional(),
  /** CronJobs only: the schedule and when it last fired. */
  schedule: z.string().optional(),
  lastScheduledAt: z.string().optional(),
  startedAt: z.string().optional(),
  completedAt: z.string().optional(),
  /** Pods that failed so far. */
  failures: z.number().int(),
  /** `nvidia.com/gpu` asked by one pod. */
  gpus: z.number().int(),
  /** The newest pod, for its logs. */
  pod: z.string().optional(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

export const workloadEnvironmentSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  /** Absent while Argo CD has no Application for this environment. */
  application: applicationSummarySchema.optional(),
  /** The image that the newest Deployment, StatefulSet or CronJob names. */
  image: z.string().optional(),
  pods: z.object({
    ready: z.number().int(),
    total: z.number().int(),
    /** Reasons of pods that are not ready, most frequent first. */
    reasons: z.array(z.string()),
  }),
  health: healthSchema,
  rollouts: z.array(rolloutSchema),
});
export type WorkloadEnvironment = z.infer<typeof workloadEnvironmentSchema>;

/** `GET /teams/:team/workloads/:workload`. */
export const workloadSummarySchema = z.object({
  team: z.string(),
  workload: z.string(),
  environments: z.array(workloadEnvironmentSchema),
  jobs: z.array(jobSummarySchema),
  freshness: freshnessSchema,
});
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;

/** `GET /clusters/:cluster/namespaces/:namespace/pods/:pod/logs?container=&previous=&tailLines=`. */
export const podLogsSchema = z.object({ text: z.string() });
export type PodLogs = z.infer<typeof podLogsSchema>;
export const podLogsQuerySchema = z.object({
  container: z.string().optional(),
  previous: z.stringbool().default(false),
  tailLines: z.coerce.number().int().min(1).max(5000).default(1000),
});

/**
 * `GET /clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow`: plain text as it is written, until the container
 * ends or the caller may no longer read it.
 */
export const followPodLogsQuerySchema = podLogsQuerySchema
  .omit({ previous: true })
  .extend({
    /** Nothing older than this; at most a day. */
    sinceSeconds: z.coerce.number().int().min(1).max(86_400).optional(),
  });
