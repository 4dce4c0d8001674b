import { z } from 'zod';
import {
  conditionsProjector,
  conditionsSchema,
  type Condition,
} from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { podTemplateProjector, podTemplateSchema } from './podTemplate';
import { keep, pick } from './projection/projector';

const jobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    suspend: z.boolean().optional(),
    activeDeadlineSeconds: z.number().optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      startTime: z.string().optional(),
      completionTime: z.string().optional(),
      failed: z.number().default(0),
      conditions: conditionsSchema,
    })
    .default({ failed: 0, conditions: [] }),
});
export type Job = z.infer<typeof jobSchema>;

export const jobSpecProjector = pick({
  suspend: keep,
  parallelism: keep,
  completions: keep,
  backoffLimit: keep,
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
