import { z } from 'zod';
import { conditionsSchema, type Condition } from './conditions';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';

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
      conditions: conditionsSchema,
    })
    .default({ failed: 0, conditions: [] }),
});
export type Job = z.infer<typeof jobSchema>;

/** A condition that holds. */
export function jobCondition(
  { status }: Job,
  type: string,
): Condition | undefined {
  return status.conditions.find(
    condition => condition.type === type && condition.status === 'True',
  );
}
