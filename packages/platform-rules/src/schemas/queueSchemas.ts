import { z } from 'zod';
import { customObject, quantity, stringMap } from './customObject';

const resource = z.strictObject({
  name: z.string(),
  nominalQuota: quantity,
  borrowingLimit: quantity.optional(),
  lendingLimit: quantity.optional(),
});

/** Kueue's ClusterQueue. As in all schemas of this file, only the fields that the platform uses. */
export const clusterQueueSchema = customObject(
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

export const cohortSchema = customObject(
  z.strictObject({ parentName: z.string().optional() }),
);

export const localQueueSchema = customObject(
  z.strictObject({ clusterQueue: z.string() }),
);

export const resourceFlavorSchema = customObject(
  z.strictObject({ nodeLabels: stringMap.optional() }),
);
