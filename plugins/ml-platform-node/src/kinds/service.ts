import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { interned, keep, pick, text } from './projection/projector';

export const serviceKind = {
  apiVersion: 'v1',
  kind: 'Service',
  plural: 'services',
  namespaced: true,
  schema: metadataOnlySchema,
  projection: {
    spec: pick({
      type: text,
      clusterIP: keep,
      externalName: keep,
      ports: interned(),
      selector: interned(),
    }),
    status: pick({ loadBalancer: interned() }),
  },
} satisfies Kind;
