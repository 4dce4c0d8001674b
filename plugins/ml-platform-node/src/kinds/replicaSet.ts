import { z } from 'zod';
import { conditionsSchema } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { replicatedProjection } from './replicated';

const replicaSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ replicas: z.number().default(1) }),
  status: z
    .object({ conditions: conditionsSchema })
    .default({ conditions: [] }),
});
export type ReplicaSet = z.infer<typeof replicaSetSchema>;

export const replicaSetKind = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
  schema: replicaSetSchema,
  projection: replicatedProjection,
} satisfies Kind;
