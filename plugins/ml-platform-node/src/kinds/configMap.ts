import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { keep, namesOnly } from './projection/projector';

/** Values are dropped: they can be a megabyte, and people put credentials there. */
export const configMapKind = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  schema: metadataOnlySchema,
  projection: {
    immutable: keep,
    data: namesOnly('(not read by the portal)'),
  },
} satisfies Kind;
