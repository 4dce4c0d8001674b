import { z } from 'zod';
import { conditionsProjector, conditionsSchema } from './conditions';
import { metadataSchema } from './metadata';
import { podTemplateProjector, podTemplateSchema } from './podTemplate';
import { interned, keep, pick, text } from './projection/projector';

/** A count in a status; Kubernetes omits zeros. */
export const countSchema = z.number().default(0);

/** The way in which a StatefulSet or a DaemonSet replaces its pods. */
export const updateStrategySchema = z.object({
  type: z.string().optional(),
  rollingUpdate: z
    .object({
      /** Pods with a lower ordinal keep the old version. */
      partition: z.number().optional(),
    })
    .optional(),
});

/** Deployments and StatefulSets, which keep a number of replicas running. */
export const replicatedSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().default(1),
    paused: z.boolean().optional(),
    updateStrategy: updateStrategySchema.optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      replicas: countSchema,
      updatedReplicas: countSchema,
      availableReplicas: countSchema,
      currentRevision: z.string().optional(),
      updateRevision: z.string().optional(),
      conditions: conditionsSchema,
    })
    .default({
      replicas: 0,
      updatedReplicas: 0,
      availableReplicas: 0,
      conditions: [],
    }),
});
export type Replicated = z.infer<typeof replicatedSchema>;

/** The projection of Deployments, ReplicaSets, StatefulSets and DaemonSets. */
export const replicatedProjection = {
  spec: pick({
    replicas: keep,
    paused: keep,
    selector: interned(),
    strategy: interned(),
    updateStrategy: interned(),
    serviceName: text,
    podManagementPolicy: text,
    minReadySeconds: keep,
    progressDeadlineSeconds: keep,
    revisionHistoryLimit: keep,
    template: podTemplateProjector,
  }),
  status: pick({
    observedGeneration: keep,
    replicas: keep,
    readyReplicas: keep,
    availableReplicas: keep,
    unavailableReplicas: keep,
    updatedReplicas: keep,
    currentReplicas: keep,
    currentRevision: text,
    updateRevision: text,
    desiredNumberScheduled: keep,
    currentNumberScheduled: keep,
    updatedNumberScheduled: keep,
    numberReady: keep,
    numberAvailable: keep,
    numberUnavailable: keep,
    numberMisscheduled: keep,
    conditions: conditionsProjector,
  }),
};
