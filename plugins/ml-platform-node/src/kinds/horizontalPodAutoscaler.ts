import { z } from 'zod';
import { conditionsProjector, conditionsSchema } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, pick } from './projection/projector';

const horizontalPodAutoscalerSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    maxReplicas: z.number(),
  }),
  status: z
    .object({ conditions: conditionsSchema })
    .default({ conditions: [] }),
});
export type HorizontalPodAutoscaler = z.infer<
  typeof horizontalPodAutoscalerSchema
>;

export const horizontalPodAutoscalerKind = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  namespaced: true,
  schema: horizontalPodAutoscalerSchema,
  projection: {
    spec: pick({
      scaleTargetRef: keep,
      minReplicas: keep,
      maxReplicas: keep,
      metrics: interned(),
    }),
    status: pick({
      currentReplicas: keep,
      desiredReplicas: keep,
      lastScaleTime: keep,
      currentMetrics: keep,
      conditions: conditionsProjector,
    }),
  },
} satisfies Kind;
