import { z } from 'zod';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
});

export const jobSchema = z.object({
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
      conditions: z.array(conditionSchema).default([]),
    })
    .default({ failed: 0, conditions: [] }),
});
export type Job = z.infer<typeof jobSchema>;

/** A condition that holds. */
export function jobCondition(
  { status }: Job,
  type: string,
): z.infer<typeof conditionSchema> | undefined {
  return status.conditions.find(
    condition => condition.type === type && condition.status === 'True',
  );
}
