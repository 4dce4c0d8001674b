import { z } from 'zod';
import { metadataSchema } from './metadata';

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]).transform(String))
  .default({});

export const resourceQuotaSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      hard: quantities,
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
    .object({ hard: quantities.optional(), used: quantities })
    .default({ used: {} }),
});
export type ResourceQuota = z.infer<typeof resourceQuotaSchema>;

/** The pods that a quota is about, in words; none for a quota on everything. */
export function quotaScopes({ spec }: ResourceQuota): string[] {
  const selected = (spec.scopeSelector?.matchExpressions ?? []).map(
    ({ scopeName, operator, values }) =>
      operator === 'Exists'
        ? scopeName
        : [scopeName, operator, values.join(', ')].filter(Boolean).join(' '),
  );
  return [...spec.scopes, ...selected].sort();
}
