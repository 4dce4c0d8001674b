import { z } from 'zod';
import { conditionsProjector, conditionsSchema } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, pick } from './projection/projector';

const horizontalPodAutoscalerSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    /** Kubernetes' default. */
    minReplicas: z.number().default(1),
    maxReplicas: z.number(),
    metrics: z
      .array(
        z.object({
          resource: z
            .object({
              name: z.string(),
              target: z.object({ averageUtilization: z.number().optional() }),
            })
            .optional(),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      conditions: conditionsSchema,
      currentReplicas: z.number().optional(),
      desiredReplicas: z.number().optional(),
      currentMetrics: z
        .array(
          z.object({
            resource: z
              .object({
                name: z.string(),
                current: z.object({
                  averageUtilization: z.number().optional(),
                }),
              })
              .optional(),
          }),
        )
        .nullish()
        .transform(metrics => metrics ?? []),
    })
    .default({ conditions: [], currentMetrics: [] }),
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
