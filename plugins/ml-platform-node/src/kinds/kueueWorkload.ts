import { z } from 'zod';
import {
  conditionsProjector,
  conditionsSchema,
  type Condition,
} from './conditions';
import type { Kind } from './Kind';
import { metadataSchema, type WithMetadata } from './metadata';
import { interned, keep, message, pick, text } from './projection/projector';

export const kueueWorkloadSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      queueName: z.string().optional(),
      priority: z.number().default(0),
      active: z.boolean().default(true),
    })
    .default({ priority: 0, active: true }),
  status: z
    .object({
      conditions: conditionsSchema,
      admission: z.object({ clusterQueue: z.string().optional() }).optional(),
      requeueState: z
        .object({
          count: z.number().optional(),
          requeueAt: z.string().optional(),
        })
        .optional(),
      admissionChecks: z
        .array(
          z.object({
            name: z.string().optional(),
            state: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ conditions: [], admissionChecks: [] }),
});
/** Kueue's Workload: a Job, or pods, in a queue. */
export type KueueWorkload = z.infer<typeof kueueWorkloadSchema>;

/** Label of a Job, pod or controller that goes through a queue: the name of its LocalQueue. */
const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** The LocalQueue that an object's label names. */
export function queueOfLabels({ metadata }: WithMetadata): string | undefined {
  return metadata.labels?.[QUEUE_LABEL];
}

export const kueueWorkloadKind = {
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  // Older releases of Kueue serve only this one.
  olderVersions: ['v1beta1'],
  kind: 'Workload',
  plural: 'workloads',
  namespaced: true,
  schema: kueueWorkloadSchema,
  projection: {
    spec: pick({
      queueName: text,
      priority: keep,
      priorityClassName: text,
      priorityClassRef: interned(),
      active: keep,
      podSets: pick({ name: text, count: keep }),
    }),
    status: pick({
      conditions: conditionsProjector,
      admission: pick({
        clusterQueue: text,
        podSetAssignments: pick({
          name: text,
          count: keep,
          flavors: interned(),
          resourceUsage: interned(),
        }),
      }),
      requeueState: keep,
      admissionChecks: pick({ name: text, state: text, message }),
      resourceRequests: interned(),
    }),
  },
} satisfies Kind;

export function workloadCondition(
  { status }: KueueWorkload,
  type: string,
): Condition | undefined {
  return status.conditions.find(condition => condition.type === type);
}

function isTrue(workload: KueueWorkload, type: string): boolean {
  return workloadCondition(workload, type)?.status === 'True';
}

/** Neither admitted nor finished. */
export function isWaiting(workload: KueueWorkload): boolean {
  return !isTrue(workload, 'Finished') && !isTrue(workload, 'Admitted');
}

/** Waiting for quota. A Workload with reserved quota that waits for an admission check has left the queue. */
export function isInQueue(workload: KueueWorkload): boolean {
  return (
    isWaiting(workload) &&
    workload.spec.active &&
    !isTrue(workload, 'QuotaReserved')
  );
}
