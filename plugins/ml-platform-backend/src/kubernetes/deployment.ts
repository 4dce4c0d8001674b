import { z } from 'zod';
import { conditionsSchema } from './conditions';
import { metadataSchema } from './metadata';
import { podTemplateSchema } from './podTemplate';

/** Kubernetes leaves out what is zero. */
const count = z.number().default(0);

/** Deployments and StatefulSets; both keep a number of pods running. */
export const replicatedSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      updatedReplicas: count,
      availableReplicas: count,
      currentRevision: z.string().optional(),
      updateRevision: z.string().optional(),
      conditions: conditionsSchema,
    })
    .default({ updatedReplicas: 0, availableReplicas: 0, conditions: [] }),
});
export type Replicated = z.infer<typeof replicatedSchema>;

export const replicaSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ replicas: z.number().default(1) }),
  status: z
    .object({ conditions: conditionsSchema })
    .default({ conditions: [] }),
});
export type ReplicaSet = z.infer<typeof replicaSetSchema>;

/** One pod on each node that fits. */
export const daemonSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ template: podTemplateSchema }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      desiredNumberScheduled: count,
      updatedNumberScheduled: count,
      numberAvailable: count,
    })
    .default({
      desiredNumberScheduled: 0,
      updatedNumberScheduled: 0,
      numberAvailable: 0,
    }),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;

/** Of Argo Rollouts. */
export const argoRolloutSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().optional(),
    template: podTemplateSchema.optional(),
    strategy: z
      .object({
        canary: z
          .object({
            steps: z
              .array(
                z.object({
                  setWeight: z.number().optional(),
                  pause: z
                    .object({
                      duration: z.union([z.string(), z.number()]).optional(),
                    })
                    .optional(),
                }),
              )
              .default([]),
          })
          .optional(),
        blueGreen: z.object({}).optional(),
      })
      .default({}),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      message: z.string().optional(),
      abort: z.boolean().optional(),
      abortedAt: z.string().optional(),
      currentPodHash: z.string().optional(),
      stableRS: z.string().optional(),
      currentStepIndex: z.number().optional(),
      updatedReplicas: count,
      availableReplicas: count,
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
    })
    .default({
      updatedReplicas: 0,
      availableReplicas: 0,
      pauseConditions: [],
      conditions: [],
    }),
});
export type ArgoRollout = z.infer<typeof argoRolloutSchema>;
