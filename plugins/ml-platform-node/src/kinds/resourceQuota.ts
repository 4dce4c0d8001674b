import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, pick } from './projection/projector';

const amountsSchema = z.record(z.string(), z.string()).default({});

export const resourceQuotaSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      hard: amountsSchema,
      scopes: z.array(z.string()).default([]),
      scopeSelector: z
        .object({
          matchExpressions: z
            .array(
              z.object({
                scopeName: z.string(),
                operator: z.string(),
                values: z.array(z.string()).default([]),
              }),
            )
            .default([]),
        })
        .optional(),
    })
    .default({ hard: {}, scopes: [] }),
  status: z
    .object({ hard: amountsSchema, used: amountsSchema })
    .default({ hard: {}, used: {} }),
});
export type ResourceQuota = z.infer<typeof resourceQuotaSchema>;

export const resourceQuotaKind = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  namespaced: true,
  schema: resourceQuotaSchema,
  projection: {
    spec: pick({ hard: interned(), scopes: keep, scopeSelector: keep }),
    status: pick({ hard: interned(), used: keep }),
  },
} satisfies Kind;

/** The pods that a quota applies to, as text; empty for a quota on all pods. */
export function quotaScopes({ spec }: ResourceQuota): string[] {
  const selected = (spec.scopeSelector?.matchExpressions ?? []).map(
    ({ scopeName, operator, values }) =>
      operator === 'Exists'
        ? scopeName
        : [scopeName, operator, values.join(', ')].filter(Boolean).join(' '),
  );
  return [...spec.scopes, ...selected].sort();
}
