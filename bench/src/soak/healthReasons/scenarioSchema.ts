import {
  healthReasonSchema,
  healthStateSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

const objectSchema = z.record(z.string(), z.unknown());

/** Short form of a container status; `toPodStatus` expands it. */
const containerSchema = z.object({
  waiting: z
    .object({ reason: z.string(), message: z.string().optional() })
    .optional(),
  running: z.object({}).optional(),
  terminated: objectSchema.optional(),
  /** Termination before the last restart. */
  last: objectSchema.optional(),
  restarts: z.number().default(0),
  ready: z.boolean().default(false),
  started: z.boolean().optional(),
});
export type ContainerStatus = z.infer<typeof containerSchema>;

/** Short form of a pod status; `toPodStatus` expands it. */
const podStatusSchema = z.object({
  /** Part of the names of the pods that get this status. Default: all pods of the scenario. */
  pods: z.string().optional(),
  phase: z
    .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'])
    .default('Pending'),
  reason: z.string().optional(),
  message: z.string().optional(),
  nominatedNodeName: z.string().optional(),
  /** Added to PodScheduled and Ready, or replaces them. */
  conditions: z.array(objectSchema).default([]),
  containers: z.record(z.string(), containerSchema).default({}),
  init: z.record(z.string(), containerSchema).default({}),
});
export type PodStatus = z.infer<typeof podStatusSchema>;

const eventSchema = z.object({
  /** Default: the pods of the scenario. */
  about: z.object({ kind: z.string(), name: z.string().optional() }).optional(),
  reason: z.string(),
  message: z.string(),
  container: z.string().optional(),
});
export type ScenarioEvent = z.infer<typeof eventSchema>;

const statusSchema = z.object({
  kind: z.string(),
  name: z.string().optional(),
  status: objectSchema,
});

/** Programs that cause a reason. A stand-in writes what a program would write that does not run on the real platform. */
const causes = [
  'Kubernetes',
  'Argo CD',
  'kwok',
  'kubelet (stand-in)',
  'scheduler (stand-in)',
  'controller (stand-in)',
  'Kueue (stand-in)',
  'Argo Rollouts (stand-in)',
  'Argo CD (stand-in)',
] as const;

/**
 * A scenario: objects that cause a health reason, and the health that the portal has to show. `completeObject` fills in
 * what the objects leave out.
 */
export const scenarioSchema = z.strictObject({
  /** Name of the workload, of its team and of the Argo CD Application. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  code: healthReasonSchema.shape.code.optional(),
  causedBy: z.enum(causes),
  namespaceLabels: z.record(z.string(), z.string()).default({}),
  objects: z.array(objectSchema).default([]),
  /** Spec of a pod without a controller. */
  pod: objectSchema.optional(),
  /** Statuses that the stand-in writes once as the kubelet. */
  podStatus: z.union([podStatusSchema, z.array(podStatusSchema)]).optional(),
  events: z.array(eventSchema).default([]),
  /** Statuses that the stand-in keeps writing as a controller. */
  statuses: z.array(statusSchema).default([]),
  /** State after which the second step follows: `thenApply`, `thenDelete` and `thenCommit`. */
  thenFrom: healthStateSchema.default('healthy'),
  /** Objects to apply in the second step. */
  thenApply: z.array(objectSchema).default([]),
  /** Objects to delete in the second step, as `kind/name`. */
  thenDelete: z.array(z.string()).default([]),
  /** Files of the Application in the platform repository, by name. */
  files: z.record(z.string(), z.string()).optional(),
  /** Files to commit in the second step. */
  thenCommit: z.record(z.string(), z.string()).optional(),
  /** Changes of the default Application. Without it, the scenario has none. */
  application: objectSchema.optional(),
  /** Changes of the spec of the default AppProject. */
  appProject: objectSchema.optional(),
  /** User of the API server whose token the portal uses; `outsider` may read only what the scenario grants. */
  readAs: z.enum(['portal', 'outsider']).default('portal'),
  state: healthStateSchema,
  /** Texts of all reasons in order, with `<time>`, `<iso>` and `<id>` for the parts that differ in each run. */
  texts: z.array(z.string()),
  /** Number of reasons without a time. */
  withoutTime: z.number().default(0),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export const notReproducedSchema = z.strictObject({
  code: healthReasonSchema.shape.code,
  text: z.string(),
  why: z.string(),
});
