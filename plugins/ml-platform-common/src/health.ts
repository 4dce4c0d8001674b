import { z } from 'zod';

/** How a workload is in one environment. `missing`: nothing is deployed; `unknown`: the cluster was never read. */
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

/** What kind of thing is in the way; stable, for filters and icons. */
export const healthCodeSchema = z.enum([
  /** The team's quota has no room. */
  'quota-exceeded',
  /** Outside the limits that one container or pod may ask for. */
  'limit-range',
  /** Refused by a rule of the platform. */
  'policy',
  /** Refused for another reason, before a pod was made. */
  'not-created',
  'no-free-gpu',
  'insufficient-cpu',
  'insufficient-memory',
  'insufficient-resources',
  'taints',
  'node-selector',
  'placement',
  'unschedulable',
  /** In a queue for GPUs (Kueue). */
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
  /** Argo CD says so and nothing explains it. */
  'argocd-health',
  'aborted',
  'starting',
  'not-ready',
  'rolling-out',
  'paused',
  'suspended',
  'not-deployed',
  'not-read',
]);
export type HealthCode = z.infer<typeof healthCodeSchema>;

export const healthReasonSchema = z.object({
  code: healthCodeSchema,
  /** Sentences: what is wrong, and what to do. Without hosts and addresses. */
  text: z.string(),
  /** One of the objects that it is about. */
  object: z.object({ kind: z.string(), name: z.string() }).optional(),
  /** Objects that it is about, when there are several. */
  count: z.number().int().optional(),
});
export type HealthReason = z.infer<typeof healthReasonSchema>;

export const healthSchema = z.object({
  state: healthStateSchema,
  /** The worst first, then the most frequent. */
  reasons: z.array(healthReasonSchema),
});
export type Health = z.infer<typeof healthSchema>;

/** Workloads by state. */
export const healthCountsSchema = z.record(healthStateSchema, z.number().int());
export type HealthCounts = z.infer<typeof healthCountsSchema>;
