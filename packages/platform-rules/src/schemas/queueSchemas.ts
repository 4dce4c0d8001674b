import { z } from 'zod';
import { quantityOf } from '../quantities';

const metadata = z.object({ name: z.string() });
const stringMap = z.record(z.string(), z.string());
const quantity = z
  .union([z.string(), z.number()])
  .refine(
    value => quantityOf(value) !== undefined,
    'must be a quantity, for example 4 or 256Gi',
  );

function queueObject<Spec extends z.ZodType>(spec: Spec) {
  return z.strictObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata,
    spec,
  });
}

const resource = z.strictObject({
  name: z.string(),
  nominalQuota: quantity,
  borrowingLimit: quantity.optional(),
  lendingLimit: quantity.optional(),
});

/** Kueue's ClusterQueue. As in all schemas of this file, only the fields that the platform uses. */
export const clusterQueueSchema = queueObject(
  z.strictObject({
    cohortName: z.string().optional(),
    namespaceSelector: z.strictObject({ matchLabels: stringMap }),
    queueingStrategy: z.enum(['StrictFIFO', 'BestEffortFIFO']).optional(),
    preemption: z
      .strictObject({
        reclaimWithinCohort: z
          .enum(['Never', 'LowerPriority', 'Any'])
          .optional(),
        withinClusterQueue: z
          .enum(['Never', 'LowerPriority', 'LowerOrNewerEqualPriority'])
          .optional(),
      })
      .optional(),
    resourceGroups: z.array(
      z.strictObject({
        coveredResources: z.array(z.string()).min(1),
        flavors: z
          .array(
            z.strictObject({ name: z.string(), resources: z.array(resource) }),
          )
          .min(1),
      }),
    ),
  }),
);

export const cohortSchema = queueObject(
  z.strictObject({ parentName: z.string().optional() }),
);

export const localQueueSchema = queueObject(
  z.strictObject({ clusterQueue: z.string() }),
);

export const resourceFlavorSchema = queueObject(
  z.strictObject({ nodeLabels: stringMap.optional() }),
);
