import { z } from 'zod';

/** Health of a workload in one environment. `missing`: nothing is deployed; `unknown`: the state cannot be known now. */
export const healthStateSchema = z.enum([
  'healthy',
  'progressing',
  'waiting',
  'degraded',
  'suspended',
  'missing',
  'unknown',
]);
export type HealthState = z.infer<typeof healthStateSchema>;

/** Kind of a health reason; stable, for filters and icons. */
const healthCodeSchema = z.enum([
  /** The team's quota is exhausted. */
  'quota-exceeded',
  /** Outside the LimitRange of the namespace. */
  'limit-range',
  /** Rejected by a policy of the platform. */
  'policy',
  /** Rejected for another reason before a pod was created. */
  'not-created',
  'no-free-gpu',
  'insufficient-cpu',
  'insufficient-memory',
  'insufficient-resources',
  'taints',
  'node-selector',
  'placement',
  'unschedulable',
  /** Queued by Kueue. */
  'queue',
  'image-pull',
  'volume',
  'crash-loop',
  /** A container ended with an exit code other than 0. */
  'container-failed',
  'probe-failing',
  'config-error',
  'start-failed',
  'evicted',
  'deadline-exceeded',
  'job-failed',
  'sync-error',
  /** A sync that waits for a hook, a resource, a sync window or a person. */
  'sync-waiting',
  /** A warning of Argo CD, which does not make the workload less healthy. */
  'sync-warning',
  /** Argo CD's state is unknown, or older than the Application's settings. */
  'sync-unknown',
  /** Argo CD's health status, without another explanation. */
  'argocd-health',
  'aborted',
  'starting',
  'not-ready',
  'rolling-out',
  'paused',
  'suspended',
  /** A deleted pod that its node has not confirmed as stopped. */
  'terminating',
  'node-unreachable',
  /** A CronJob that cannot start Jobs. */
  'schedule',
  /** A CronJob whose previous Job has not ended. */
  'overlapping-run',
  /** A HorizontalPodAutoscaler that cannot scale. */
  'autoscaling',
  /** A HorizontalPodAutoscaler that needs more replicas than its maximum. */
  'autoscaling-limit',
  'not-deployed',
  'not-read',
  /** No controller has reported a status yet, or the result is no longer known. */
  'no-status',
]);
export type HealthCode = z.infer<typeof healthCodeSchema>;

export const healthReasonSchema = z.object({
  code: healthCodeSchema,
  /** Sentences that describe the problem and what to do, without hosts and addresses. */
  text: z.string(),
  /** One of the affected objects. */
  object: z.object({ kind: z.string(), name: z.string() }).optional(),
  /** Number of affected objects, when there are several. */
  count: z.number().int().optional(),
  /** Total number of objects (`count` of them are affected), for example the pods of a Job. */
  total: z.number().int().optional(),
  /** Time since which the reason applies; ISO 8601. */
  since: z.string().optional(),
});
export type HealthReason = z.infer<typeof healthReasonSchema>;

export const healthSchema = z.object({
  state: healthStateSchema,
  /** Sorted by severity, then by frequency. */
  reasons: z.array(healthReasonSchema),
});
export type Health = z.infer<typeof healthSchema>;

/** Number of workloads by state. */
export const healthCountsSchema = z.record(healthStateSchema, z.number().int());
export type HealthCounts = z.infer<typeof healthCountsSchema>;
