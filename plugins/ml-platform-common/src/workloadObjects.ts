import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { healthReasonSchema } from './health';

/** `GET /teams/:team/workloads/:workload/objects?environment=`. */
export const workloadObjectsQuerySchema = z.object({
  environment: z.string().max(100),
});

/** Kubernetes quantities by resource, for example `{ cpu: '500m' }`. */
const quantitiesSchema = z.record(z.string(), z.string());

const podContainerSchema = z.object({
  name: z.string(),
  role: z.enum(['container', 'sidecar', 'init']),
  image: z.string().optional(),
  state: z.enum(['waiting', 'running', 'terminated', 'unknown']),
  /** Kubernetes' reason of the state, for example `CrashLoopBackOff`. */
  reason: z.string().optional(),
  ready: z.boolean(),
  restarts: z.number().int(),
  /** The end before the last restart, or the end of a container that does not run. */
  lastExit: z
    .object({
      exitCode: z.number().int(),
      /** For example "exit code 137, out of memory". */
      text: z.string(),
      /** ISO 8601. */
      at: z.string().optional(),
      /** True when its log is the log before the restart. */
      isPrevious: z.boolean(),
    })
    .optional(),
  requests: quantitiesSchema,
  limits: quantitiesSchema,
});
export type PodContainer = z.infer<typeof podContainerSchema>;

const workloadPodSchema = z.object({
  name: z.string(),
  /** Id of the owner, if that is listed. */
  owner: z.string().optional(),
  /** Kubernetes' phase, or Terminating. */
  phase: z.string(),
  ready: z.boolean(),
  /** Why it is not ready. */
  reason: healthReasonSchema.optional(),
  node: z.string().optional(),
  createdAt: z.string().optional(),
  containers: z.array(podContainerSchema),
});
export type WorkloadPod = z.infer<typeof workloadPodSchema>;

/** A controller: a Deployment, ReplicaSet, StatefulSet, DaemonSet, Rollout, CronJob or Job. */
const workloadOwnerSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  /** Id of its own owner. */
  owner: z.string().optional(),
  createdAt: z.string().optional(),
  /** Pods that it should have; absent for Jobs and CronJobs. */
  desired: z.number().int().optional(),
  /** Progress in a sentence, where there is one. */
  text: z.string().optional(),
});
export type WorkloadOwner = z.infer<typeof workloadOwnerSchema>;

const autoscalerSchema = z.object({
  name: z.string(),
  /** The scaled controller. */
  target: z.object({ kind: z.string(), name: z.string() }),
  min: z.number().int(),
  max: z.number().int(),
  /** Absent until the autoscaler has reported. */
  current: z.number().int().optional(),
  desired: z.number().int().optional(),
  /** Resources that it scales by, in percent of the requests. */
  metrics: z.array(
    z.object({
      resource: z.string(),
      current: z.number().optional(),
      target: z.number(),
    }),
  ),
});
export type Autoscaler = z.infer<typeof autoscalerSchema>;

export const workloadObjectsSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  /** Absent while the team has no namespace in the environment. */
  namespace: z.string().optional(),
  owners: z.array(workloadOwnerSchema),
  /** At most 200: those that are not ready first, then the newest. */
  pods: z.array(workloadPodSchema),
  podTotal: z.number().int(),
  autoscalers: z.array(autoscalerSchema),
  freshness: freshnessSchema,
});
export type WorkloadObjects = z.infer<typeof workloadObjectsSchema>;
