import { z } from 'zod';
import { conditionsProjector, conditionsSchema } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { podTemplateProjector, podTemplateSchema } from './podTemplate';
import { interned, keep, message, pick, text } from './projection/projector';
import { countSchema } from './replicated';

const stepSchema = z.object({
  setWeight: z.number().optional(),
  pause: z
    .object({ duration: z.union([z.string(), z.number()]).optional() })
    .optional(),
});

const strategySchema = z.object({
  canary: z.object({ steps: z.array(stepSchema).default([]) }).optional(),
  blueGreen: z.object({}).optional(),
});

const statusSchema = z.object({
  phase: z.string().optional(),
  message: z.string().optional(),
  /** The controller writes a text. */
  observedGeneration: z.union([z.string(), z.number()]).optional(),
  abort: z.boolean().optional(),
  abortedAt: z.string().optional(),
  currentPodHash: z.string().optional(),
  stableRS: z.string().optional(),
  currentStepIndex: z.number().optional(),
  updatedReplicas: countSchema,
  availableReplicas: countSchema,
  blueGreen: z
    .object({
      activeSelector: z.string().optional(),
      previewSelector: z.string().optional(),
    })
    .optional(),
  canary: z
    .object({
      weights: z
        .object({
          canary: z.object({ weight: z.number().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
  pauseConditions: z
    .array(
      z.object({
        reason: z.string().optional(),
        startTime: z.string().optional(),
      }),
    )
    .default([]),
  conditions: conditionsSchema,
});

const argoRolloutSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().optional(),
    template: podTemplateSchema.optional(),
    strategy: strategySchema.default({}),
  }),
  status: statusSchema.default({
    updatedReplicas: 0,
    availableReplicas: 0,
    pauseConditions: [],
    conditions: [],
  }),
});
export type ArgoRollout = z.infer<typeof argoRolloutSchema>;

/** The Rollout of Argo Rollouts. */
export const rolloutKind = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  plural: 'rollouts',
  namespaced: true,
  schema: argoRolloutSchema,
  projection: {
    spec: pick({
      replicas: keep,
      paused: keep,
      workloadRef: keep,
      selector: interned(),
      strategy: pick({
        blueGreen: interned(),
        canary: pick({
          steps: interned(),
          stableService: text,
          canaryService: text,
          maxSurge: keep,
          maxUnavailable: keep,
        }),
      }),
      template: podTemplateProjector,
    }),
    status: pick({
      phase: text,
      message,
      observedGeneration: keep,
      abort: keep,
      abortedAt: keep,
      promoteFull: keep,
      currentPodHash: keep,
      stableRS: keep,
      currentStepIndex: keep,
      replicas: keep,
      readyReplicas: keep,
      availableReplicas: keep,
      updatedReplicas: keep,
      blueGreen: pick({ activeSelector: keep, previewSelector: keep }),
      canary: pick({ weights: keep }),
      pauseConditions: keep,
      conditions: conditionsProjector,
    }),
  },
} satisfies Kind;
