import {
  healthReasonSchema,
  healthStateSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

const objectSchema = z.record(z.string(), z.unknown());

/** Status of a container as the kubelet writes it, in short form. */
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
export type ContainerRow = z.infer<typeof containerSchema>;

const kubeletSchema = z.object({
  /** Part of the names of the pods that get this status. Default: all pods of the row. */
  pods: z.string().optional(),
  phase: z
    .enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'])
    .default('Pending'),
  reason: z.string().optional(),
  message: z.string().optional(),
  nominatedNodeName: z.string().optional(),
  /** In addition to those that every pod has, or instead of them. */
  conditions: z.array(objectSchema).default([]),
  containers: z.record(z.string(), containerSchema).default({}),
  init: z.record(z.string(), containerSchema).default({}),
});
export type KubeletRow = z.infer<typeof kubeletSchema>;

const eventSchema = z.object({
  /** Default: the pods of the row. */
  about: z.object({ kind: z.string(), name: z.string().optional() }).optional(),
  reason: z.string(),
  message: z.string(),
  container: z.string().optional(),
});
export type EventRow = z.infer<typeof eventSchema>;

const writtenSchema = z.object({
  kind: z.string(),
  name: z.string().optional(),
  status: objectSchema,
});

/** Causes of a reason: real programs, kwok with its stages, or the soak in the place of a program that is missing here. */
const causers = [
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
 * A row of the table: what is caused, and what the portal has to say about it. Objects are completed: see
 * `completeObject.ts`.
 */
export const rowSchema = z.strictObject({
  /** Name of the workload, of its team and of the Argo CD Application. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  code: healthReasonSchema.shape.code.optional(),
  by: z.enum(causers),
  /** Labels of the namespace. */
  labels: z.record(z.string(), z.string()).default({}),
  objects: z.array(objectSchema).default([]),
  /** Specification of a pod without a controller, on the node of the stand-in. */
  pod: objectSchema.optional(),
  kubelet: z.union([kubeletSchema, z.array(kubeletSchema)]).optional(),
  events: z.array(eventSchema).default([]),
  /** Statuses that the stand-in of a controller writes, again and again. */
  written: z.array(writtenSchema).default([]),
  /** State from which the second step follows: `then`, `remove` and `gitThen`. */
  from: healthStateSchema.default('healthy'),
  /** Applied in the second step. */
  then: z.array(objectSchema).default([]),
  /** `kind/name` of objects that are deleted in the second step. */
  remove: z.array(z.string()).default([]),
  /** Files of the Application in the platform repository. */
  git: z.record(z.string(), z.string()).optional(),
  /** Committed in the second step. */
  gitThen: z.record(z.string(), z.string()).optional(),
  application: objectSchema.optional(),
  project: objectSchema.optional(),
  /** The identity by which the portal reads the cluster. */
  reader: z.enum(['portal', 'outsider']).default('portal'),
  state: healthStateSchema,
  /** All sentences, in their order; `<time>` and `<id>` stand for what differs in each run. */
  says: z.array(z.string()),
  /** Reasons without a time. Default: 0. */
  timeless: z.number().default(0),
});
export type Row = z.infer<typeof rowSchema>;

export const missingRowSchema = z.strictObject({
  code: healthReasonSchema.shape.code,
  says: z.string(),
  why: z.string(),
});
