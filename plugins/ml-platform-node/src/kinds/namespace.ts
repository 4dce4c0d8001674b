import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { pick, text } from './projection/projector';

/** `ownership.ts` decides which team owns a namespace. */
export const namespaceKind = {
  apiVersion: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
  schema: metadataOnlySchema,
  projection: { status: pick({ phase: text }) },
} satisfies Kind;
