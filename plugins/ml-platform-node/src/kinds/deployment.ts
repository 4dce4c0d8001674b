import type { Kind } from './Kind';
import { replicatedProjection, replicatedSchema } from './replicated';

export const deploymentKind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  schema: replicatedSchema,
  projection: replicatedProjection,
} satisfies Kind;
