import { z } from 'zod';
import {
  count,
  customObject,
  goDuration,
  labelSelector,
  numberOrPercentage,
  stringMap,
} from './customObject';
import { jobSpec, podTemplate } from './kubernetesType';

const podMetadata = z.strictObject({
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
});
const templates = z.array(z.strictObject({ templateName: z.string() })).min(1);
const measurements = {
  dryRun: z.array(z.strictObject({ metricName: z.string() })).optional(),
  measurementRetention: z
    .array(z.strictObject({ metricName: z.string(), limit: count }))
    .optional(),
};
const analysis = z.strictObject({
  templates,
  args: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .strictObject({
            podTemplateHashValue: z.enum(['Stable', 'Latest']).optional(),
            fieldRef: z.strictObject({ fieldPath: z.string() }).optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  analysisRunMetadata: podMetadata.optional(),
  ...measurements,
});
const weight = z.number().int().min(0).max(100);
const text = z.strictObject({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});
const step = z
  .strictObject({
    setWeight: weight.optional(),
    pause: z
      .strictObject({
        duration: z.union([goDuration, count, z.string().regex(/^\d+$/)]),
      })
      .partial()
      .optional(),
    analysis: analysis.optional(),
    setCanaryScale: z
      .strictObject({
        replicas: count.optional(),
        weight: weight.optional(),
        matchTrafficWeight: z.boolean().optional(),
      })
      .optional(),
    setHeaderRoute: z
      .strictObject({
        name: z.string(),
        match: z
          .array(z.strictObject({ headerName: z.string(), headerValue: text }))
          .optional(),
      })
      .optional(),
  })
  .refine(
    value => Object.keys(value).length === 1,
    'must have exactly one of setWeight, pause, analysis, setCanaryScale and setHeaderRoute',
  );
const scaleDown = {
  scaleDownDelaySeconds: count.optional(),
  scaleDownDelayRevisionLimit: count.optional(),
  abortScaleDownDelaySeconds: count.optional(),
};
const antiAffinity = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z.strictObject({}).optional(),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .strictObject({ weight: z.number().int().min(1).max(100) })
    .optional(),
});

const canary = z.strictObject({
  canaryService: z.string().optional(),
  stableService: z.string().optional(),
  canaryMetadata: podMetadata.optional(),
  stableMetadata: podMetadata.optional(),
  steps: z.array(step).optional(),
  maxSurge: numberOrPercentage.optional(),
  maxUnavailable: numberOrPercentage.optional(),
  minPodsPerReplicaSet: count.optional(),
  dynamicStableScale: z.boolean().optional(),
  analysis: analysis
    .extend({ startingStep: z.number().int().optional() })
    .optional(),
  antiAffinity: antiAffinity.optional(),
  trafficRouting: z
    .strictObject({
      maxTrafficWeight: z.number().int().min(1).optional(),
      managedRoutes: z.array(z.strictObject({ name: z.string() })).optional(),
      nginx: z
        .strictObject({
          stableIngress: z.string().optional(),
          stableIngresses: z.array(z.string()).optional(),
          annotationPrefix: z.string().optional(),
        })
        .optional(),
      plugins: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  ...scaleDown,
});
const blueGreen = z.strictObject({
  activeService: z.string(),
  previewService: z.string().optional(),
  activeMetadata: podMetadata.optional(),
  previewMetadata: podMetadata.optional(),
  previewReplicaCount: count.optional(),
  autoPromotionEnabled: z.boolean().optional(),
  autoPromotionSeconds: count.optional(),
  prePromotionAnalysis: analysis.optional(),
  postPromotionAnalysis: analysis.optional(),
  maxUnavailable: numberOrPercentage.optional(),
  antiAffinity: antiAffinity.optional(),
  ...scaleDown,
});

/**
 * Argo Rollouts' Rollout, with the traffic routers that the platform has. As in all schemas of custom resources, only the
 * fields that teams may use.
 */
export const rolloutSchema = customObject(
  z
    .strictObject({
      replicas: count.optional(),
      selector: labelSelector.optional(),
      template: podTemplate.optional(),
      workloadRef: z
        .strictObject({
          apiVersion: z.literal('apps/v1'),
          kind: z.literal('Deployment'),
          name: z.string(),
          scaleDown: z.enum(['never', 'onsuccess', 'progressively']).optional(),
        })
        .optional(),
      strategy: z
        .strictObject({
          canary: canary.optional(),
          blueGreen: blueGreen.optional(),
        })
        .refine(
          value =>
            (value.canary === undefined) !== (value.blueGreen === undefined),
          'must have either canary or blueGreen',
        ),
      minReadySeconds: count.optional(),
      revisionHistoryLimit: count.optional(),
      progressDeadlineSeconds: count.optional(),
      progressDeadlineAbort: z.boolean().optional(),
      paused: z.boolean().optional(),
      restartAt: z.string().optional(),
      rollbackWindow: z.strictObject({ revisions: count }).optional(),
      analysis: z
        .strictObject({
          successfulRunHistoryLimit: count.optional(),
          unsuccessfulRunHistoryLimit: count.optional(),
        })
        .optional(),
    })
    .refine(
      value =>
        (value.template === undefined) !== (value.workloadRef === undefined),
      'must have either template or workloadRef',
    )
    .refine(
      value => value.template === undefined || value.selector !== undefined,
      'selector is missing',
    ),
);

const limit = z.union([count, z.string().regex(/^(\d+|\{\{.*\}\})$/)]);
const metric = z.strictObject({
  name: z.string(),
  interval: z.string().optional(),
  initialDelay: z.string().optional(),
  count: limit.optional(),
  successCondition: z.string().optional(),
  failureCondition: z.string().optional(),
  failureLimit: limit.optional(),
  inconclusiveLimit: limit.optional(),
  consecutiveErrorLimit: limit.optional(),
  consecutiveSuccessLimit: limit.optional(),
  // Other providers are for the policies to name.
  provider: z.looseObject({
    prometheus: z
      .looseObject({
        address: z.string().optional(),
        query: z.string(),
        timeout: count.optional(),
        insecure: z.boolean().optional(),
        rangeQuery: z
          .strictObject({
            start: z.string().optional(),
            end: z.string().optional(),
            step: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
    job: z
      .strictObject({ metadata: podMetadata.optional(), spec: jobSpec })
      .optional(),
  }),
});

/** Argo Rollouts' AnalysisTemplate. */
export const analysisTemplateSchema = customObject(
  z.strictObject({
    args: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.string().optional(),
          valueFrom: z
            .strictObject({
              secretKeyRef: z
                .strictObject({ name: z.string(), key: z.string() })
                .optional(),
              fieldRef: z.strictObject({ fieldPath: z.string() }).optional(),
            })
            .optional(),
        }),
      )
      .optional(),
    metrics: z.array(metric).min(1),
    ...measurements,
  }),
);
