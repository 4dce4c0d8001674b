import { z } from 'zod';
import { conditionsSchema, type Condition } from './conditions';
import { metadataSchema } from './metadata';

/** Kueue's Workload: a job, or pods, in a queue. */
export const queuedWorkloadSchema = z.object({
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
export type QueuedWorkload = z.infer<typeof queuedWorkloadSchema>;

export const localQueueSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ clusterQueue: z.string().optional() }).default({}),
});
export type LocalQueue = z.infer<typeof localQueueSchema>;

export function workloadCondition(
  { status }: QueuedWorkload,
  type: string,
): Condition | undefined {
  return status.conditions.find(condition => condition.type === type);
}

function isTrue(workload: QueuedWorkload, type: string): boolean {
  return workloadCondition(workload, type)?.status === 'True';
}

/** Neither admitted nor ended. */
export function isWaiting(workload: QueuedWorkload): boolean {
  return !isTrue(workload, 'Finished') && !isTrue(workload, 'Admitted');
}

/** Among those that wait for quota; one that has it, and waits for a check, has left the queue. */
export function isInQueue(workload: QueuedWorkload): boolean {
  return (
    isWaiting(workload) &&
    workload.spec.active &&
    !isTrue(workload, 'QuotaReserved')
  );
}
