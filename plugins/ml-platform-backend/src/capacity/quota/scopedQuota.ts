import { z } from 'zod';
import { resourceQuotaSchema } from '../../kubernetes/resourceQuota';

/** A ResourceQuota with the pods that it is about, and what it allows before Kubernetes has counted. */
export const scopedQuotaSchema = resourceQuotaSchema.extend({
  spec: z
    .object({
      hard: z.record(z.string(), z.string()).default({}),
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
});
export type ScopedQuota = z.infer<typeof scopedQuotaSchema>;

/** In words; none for a quota on everything. */
export function quotaScopes({ spec }: ScopedQuota): string[] {
  const selected = (spec.scopeSelector?.matchExpressions ?? []).map(
    ({ scopeName, operator, values }) =>
      operator === 'Exists'
        ? scopeName
        : [scopeName, operator, values.join(', ')].filter(Boolean).join(' '),
  );
  return [...spec.scopes, ...selected].sort();
}
