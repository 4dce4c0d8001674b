import { z } from 'zod';
import { conditionsProjector } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { keep, pick, text } from './projection/projector';

const localQueueSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ clusterQueue: z.string().optional() }).default({}),
});
/** Kueue's LocalQueue: it connects a namespace to a ClusterQueue. */
export type LocalQueue = z.infer<typeof localQueueSchema>;

export const localQueueKind = {
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  // Older releases of Kueue serve only this one.
  olderVersions: ['v1beta1'],
  kind: 'LocalQueue',
  plural: 'localqueues',
  namespaced: true,
  schema: localQueueSchema,
  projection: {
    spec: pick({ clusterQueue: text, stopPolicy: text }),
    status: pick({ pendingWorkloads: keep, conditions: conditionsProjector }),
  },
} satisfies Kind;
