import { z } from 'zod';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';

export const cronJobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    schedule: z.string(),
    suspend: z.boolean().optional(),
    jobTemplate: z.object({ spec: z.object({ template: podTemplateSchema }) }),
  }),
  status: z.object({ lastScheduleTime: z.string().optional() }).default({}),
});
export type CronJob = z.infer<typeof cronJobSchema>;
