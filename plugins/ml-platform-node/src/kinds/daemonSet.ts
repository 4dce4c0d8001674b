import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';
import {
  countSchema,
  replicatedProjection,
  updateStrategySchema,
} from './replicated';

const daemonSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    updateStrategy: updateStrategySchema.optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      desiredNumberScheduled: countSchema,
      updatedNumberScheduled: countSchema,
      numberAvailable: countSchema,
    })
    .default({
      desiredNumberScheduled: 0,
      updatedNumberScheduled: 0,
      numberAvailable: 0,
    }),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;

export const daemonSetKind = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  namespaced: true,
  schema: daemonSetSchema,
  projection: replicatedProjection,
} satisfies Kind;
