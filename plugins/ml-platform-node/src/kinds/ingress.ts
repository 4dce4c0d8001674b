import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { interned, keep, pick, text } from './projection/projector';

export const ingressKind = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  plural: 'ingresses',
  namespaced: true,
  schema: metadataOnlySchema,
  projection: {
    spec: pick({
      ingressClassName: text,
      rules: interned(),
      tls: pick({ hosts: keep }),
      defaultBackend: keep,
    }),
    status: pick({ loadBalancer: interned() }),
  },
} satisfies Kind;
