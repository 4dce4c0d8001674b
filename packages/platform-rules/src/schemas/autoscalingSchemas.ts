import { z } from 'zod';
import { count, customObject, quantity, stringMap } from './customObject';

const target = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  name: z.string(),
});
const scalingRules = z.strictObject({
  stabilizationWindowSeconds: count.max(3600).optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: z.number().int().min(1),
        periodSeconds: z.number().int().min(1).max(1800),
      }),
    )
    .optional(),
  tolerance: quantity.optional(),
});

/** KEDA's ScaledObject. As in all schemas of custom resources, only the fields that teams may use. */
export const scaledObjectSchema = customObject(
  z.strictObject({
    scaleTargetRef: target.extend({
      envSourceContainerName: z.string().optional(),
    }),
    pollingInterval: count.optional(),
    cooldownPeriod: count.optional(),
    initialCooldownPeriod: count.optional(),
    idleReplicaCount: count.optional(),
    minReplicaCount: count.optional(),
    maxReplicaCount: count.optional(),
    fallback: z
      .strictObject({
        failureThreshold: count,
        replicas: count,
        behavior: z
          .enum([
            'static',
            'currentReplicas',
            'currentReplicasIfHigher',
            'currentReplicasIfLower',
            'scalingModifiers',
          ])
          .optional(),
      })
      .optional(),
    advanced: z
      .strictObject({
        restoreToOriginalReplicaCount: z.boolean().optional(),
        horizontalPodAutoscalerConfig: z
          .strictObject({
            name: z.string().optional(),
            behavior: z
              .strictObject({
                scaleUp: scalingRules.optional(),
                scaleDown: scalingRules.optional(),
              })
              .optional(),
          })
          .optional(),
        scalingModifiers: z
          .strictObject({
            formula: z.string().optional(),
            target: z.string().optional(),
            activationTarget: z.string().optional(),
            metricType: z.enum(['AverageValue', 'Value']).optional(),
          })
          .optional(),
      })
      .optional(),
    // Types and references of triggers are for the policies to name.
    triggers: z
      .array(
        z.looseObject({
          type: z.string(),
          name: z.string().optional(),
          metadata: stringMap,
          metricType: z
            .enum(['AverageValue', 'Value', 'Utilization'])
            .optional(),
          useCachedMetrics: z.boolean().optional(),
        }),
      )
      .min(1),
  }),
);

const amounts = z.record(z.string(), quantity);

/** The VerticalPodAutoscaler of k8s.io/autoscaler. */
export const verticalPodAutoscalerSchema = customObject(
  z.strictObject({
    targetRef: target.required({ kind: true }),
    updatePolicy: z
      .strictObject({
        updateMode: z
          .enum([
            'Off',
            'Initial',
            'Recreate',
            'InPlaceOrRecreate',
            'InPlace',
            'Auto',
          ])
          .optional(),
        minReplicas: count.optional(),
        evictionRequirements: z
          .array(
            z.strictObject({
              resources: z.array(z.string()),
              changeRequirement: z.enum([
                'TargetHigherThanRequests',
                'TargetLowerThanRequests',
              ]),
            }),
          )
          .optional(),
      })
      .optional(),
    resourcePolicy: z
      .strictObject({
        containerPolicies: z
          .array(
            z.strictObject({
              containerName: z.string().optional(),
              mode: z.enum(['Auto', 'Off']).optional(),
              minAllowed: amounts.optional(),
              maxAllowed: amounts.optional(),
              controlledResources: z
                .array(z.enum(['cpu', 'memory']))
                .optional(),
              controlledValues: z
                .enum(['RequestsAndLimits', 'RequestsOnly'])
                .optional(),
            }),
          )
          .optional(),
      })
      .optional(),
  }),
);
