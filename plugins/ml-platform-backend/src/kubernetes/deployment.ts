import { z } from 'zod';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';

/** Deployments and StatefulSets; both keep a number of pods running. */
export const replicatedSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    template: podTemplateSchema,
  }),
});
export type Replicated = z.infer<typeof replicatedSchema>;

export const replicaSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ replicas: z.number().default(1) }),
});
export type ReplicaSet = z.infer<typeof replicaSetSchema>;
