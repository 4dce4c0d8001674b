import { z } from 'zod';
import { jobSpecProjector } from './job';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';
import { keep, pick, text } from './projection/projector';

const cronJobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    schedule: z.string(),
    timeZone: z.string().optional(),
    suspend: z.boolean().optional(),
    concurrencyPolicy: z.string().optional(),
    jobTemplate: z.object({ spec: z.object({ template: podTemplateSchema }) }),
  }),
  status: z
    .object({
      lastScheduleTime: z.string().optional(),
      lastSuccessfulTime: z.string().optional(),
      active: z.array(z.object({ name: z.string() })).default([]),
    })
    .default({ active: [] }),
});
export type CronJob = z.infer<typeof cronJobSchema>;

export const cronJobKind = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  namespaced: true,
  schema: cronJobSchema,
  projection: {
    spec: pick({
      schedule: keep,
      timeZone: text,
      suspend: keep,
      concurrencyPolicy: text,
      startingDeadlineSeconds: keep,
      jobTemplate: pick({ spec: jobSpecProjector }),
    }),
    status: pick({
      lastScheduleTime: keep,
      lastSuccessfulTime: keep,
      active: pick({ name: keep, namespace: text, uid: keep }),
    }),
  },
} satisfies Kind;
