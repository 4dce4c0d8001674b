import { z } from 'zod';
import {
  conditionsProjector,
  conditionsSchema,
  type Condition,
} from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { podTemplateProjector, podTemplateSchema } from './podTemplate';
import { keep, pick, text } from './projection/projector';

const jobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    suspend: z.boolean().optional(),
    parallelism: z.number().optional(),
    completions: z.number().optional(),
    completionMode: z.string().optional(),
    backoffLimit: z.number().optional(),
    backoffLimitPerIndex: z.number().optional(),
    maxFailedIndexes: z.number().optional(),
    activeDeadlineSeconds: z.number().optional(),
    /** The controller, if it is not that of Kubernetes. */
    managedBy: z.string().optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      startTime: z.string().optional(),
      completionTime: z.string().optional(),
      active: z.number().optional(),
      succeeded: z.number().default(0),
      failed: z.number().default(0),
      /** For example `1,3-5`. */
      completedIndexes: z.string().optional(),
      failedIndexes: z.string().optional(),
      conditions: conditionsSchema,
    })
    .default({ succeeded: 0, failed: 0, conditions: [] }),
});
export type Job = z.infer<typeof jobSchema>;

export const jobSpecProjector = pick({
  suspend: keep,
  parallelism: keep,
  completions: keep,
  completionMode: text,
  backoffLimit: keep,
  backoffLimitPerIndex: keep,
  maxFailedIndexes: keep,
  managedBy: text,
  activeDeadlineSeconds: keep,
  template: podTemplateProjector,
});

export const jobKind = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  plural: 'jobs',
  namespaced: true,
  schema: jobSchema,
  projection: {
    spec: jobSpecProjector,
    status: pick({
      startTime: keep,
      completionTime: keep,
      active: keep,
      ready: keep,
      succeeded: keep,
      failed: keep,
      completedIndexes: keep,
      failedIndexes: keep,
      conditions: conditionsProjector,
    }),
  },
} satisfies Kind;

/** The condition of that type, if it is true. */
export function jobCondition(
  { status }: Job,
  type: string,
): Condition | undefined {
  return status.conditions.find(
    condition => condition.type === type && condition.status === 'True',
  );
}
