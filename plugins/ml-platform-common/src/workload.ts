import { z } from 'zod';
import { gpuAmountSchema } from './gpus';
import { freshnessSchema } from './freshness';
import { healthReasonSchema, healthSchema } from './health';
import { rolloutSchema } from './rollout';
import { workloadFindingsSchema } from './vulnerabilities';

/** Argo CD's sync status. */
export const syncStatusSchema = z.enum(['Synced', 'OutOfSync', 'Unknown']);
/** Argo CD's health status; `Missing` also without an Application. */
export const healthStatusSchema = z.enum([
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
]);

const applicationConditionSchema = z.object({
  /** Argo CD's condition type; `SyncError` also for what a sync could not apply, `HydrationError` for the source hydrator. */
  type: z.string(),
  /** Without hosts. */
  message: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** ISO 8601. */
  since: z.string().optional(),
  /** Resources that a sync could not apply, all with this message. */
  resources: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        /** Hooks only: `PreSync`, `Sync`, `PostSync` or `SyncFail`. */
        hook: z.string().optional(),
      }),
    )
    .optional(),
});
export type ApplicationCondition = z.infer<typeof applicationConditionSchema>;

/** Revision of one of an Application's sources. */
export const sourceRevisionSchema = z.object({
  /** The full commit, or the version of a chart. */
  revision: z.string(),
  /** Name of the Helm chart. */
  chart: z.string().optional(),
  /** Path of the Git repository on its host. */
  repository: z.string().optional(),
});
export type SourceRevision = z.infer<typeof sourceRevisionSchema>;

const applicationSummarySchema = z.object({
  name: z.string(),
  sync: syncStatusSchema,
  health: healthStatusSchema,
  /** Id of the deployed commit; the version of the chart if no source is a Git repository. */
  revision: z.string().optional(),
  /** All deployed revisions, for an Application with several sources or with a Helm chart. */
  sources: z.array(sourceRevisionSchema).optional(),
  /** Problems of the build and of the last sync, and warnings; each once. */
  conditions: z.array(applicationConditionSchema),
  /** Time of the last deployment; ISO 8601. Absent when nothing was ever deployed. */
  deployedAt: z.string().optional(),
  /** The running sync, or the last one. */
  operation: z
    .object({
      phase: z.enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded']),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
      /** Number of retries by Argo CD. */
      retries: z.number().int(),
    })
    .optional(),
});
export type ApplicationSummary = z.infer<typeof applicationSummarySchema>;

/** A Job or CronJob. */
const jobSummarySchema = z.object({
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
  /** Reason of the state, for people. */
  reason: z.string().optional(),
  /** All reasons of the state, with their codes. */
  reasons: z.array(healthReasonSchema).optional(),
  /** GPUs, slices and shares of GPUs requested by one pod, by resource. */
  gpuAmounts: z.array(gpuAmountSchema),
  /** Name of the training run (`ml-platform.io/run`). */
  run: z.string().optional(),
  /** CronJobs only: the schedule and its last execution. */
  schedule: z.string().optional(),
  /** Time zone of the schedule; absent when it is that of the cluster's control plane. */
  timeZone: z.string().optional(),
  lastScheduledAt: z.string().optional(),
  /** End of the last successful execution. */
  lastSucceededAt: z.string().optional(),
  startedAt: z.string().optional(),
  completedAt: z.string().optional(),
  /** Number of failed pods. */
  failures: z.number().int(),
  /** Pods that a Job runs at a time, while it has not ended. */
  workers: z
    .object({
      total: z.number().int(),
      running: z.number().int(),
      pending: z.number().int(),
    })
    .optional(),
  /** Indexes of an Indexed Job. */
  indexes: z
    .object({
      total: z.number().int(),
      succeeded: z.number().int(),
      failed: z.number().int(),
    })
    .optional(),
  /** Whole GPUs requested by one pod. */
  gpus: z.number().int(),
  /** The pod with the most useful logs: one that failed, or else one that runs. */
  pod: z.string().optional(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

const workloadEnvironmentSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  /** Absent without an Application for this environment. */
  application: applicationSummarySchema.optional(),
  /** Image of the newest Deployment, StatefulSet or CronJob. */
  image: z.string().optional(),
  pods: z.object({
    ready: z.number().int(),
    total: z.number().int(),
    /** Reasons of unready pods, most frequent first. */
    reasons: z.array(z.string()),
  }),
  health: healthSchema,
  rollouts: z.array(rolloutSchema),
});
export type WorkloadEnvironment = z.infer<typeof workloadEnvironmentSchema>;

export const workloadSummaryQuerySchema = z.object({
  /** Adds the findings in numbers. */
  findings: z.stringbool().default(false),
});
export type WorkloadSummaryQuery = z.input<typeof workloadSummaryQuerySchema>;

/** `GET /teams/:team/workloads/:workload`. */
export const workloadSummarySchema = z.object({
  team: z.string(),
  workload: z.string(),
  environments: z.array(workloadEnvironmentSchema),
  jobs: z.array(jobSummarySchema),
  /** Only if the query asks for them and the caller may see findings of the team. */
  findings: workloadFindingsSchema.optional(),
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
 * `GET /clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow`: a stream of plain text, until the container ends or
 * the caller loses the permission.
 */
export const followPodLogsQuerySchema = podLogsQuerySchema
  .omit({ previous: true })
  .extend({
    /** Earlier lines to start with; the log ends after 16 MiB. */
    tailLines: z.coerce.number().int().min(1).max(100_000).default(1000),
    /** Skips older lines; at most a day. */
    sinceSeconds: z.coerce.number().int().min(1).max(86_400).optional(),
  });
