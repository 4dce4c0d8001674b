import { conditionsProjector } from './conditions';
import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { interned, keep, pick } from './projection/projector';

export const horizontalPodAutoscalerKind = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  namespaced: true,
  schema: metadataOnlySchema,
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
