import type { Kind } from './Kind';
import { replicatedProjection, replicatedSchema } from './replicated';

export const statefulSetKind = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  namespaced: true,
  schema: replicatedSchema,
  projection: replicatedProjection,
} satisfies Kind;
