import { z } from 'zod';
import { resourceQuotaSchema } from '../../kubernetes/resourceQuota';

/** ResourceQuota with its scopes, and with the limits of its spec, which apply before the status is written. */
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

/** Scopes of a quota as text, sorted; empty for a quota on all pods. */
export function quotaScopes({ spec }: ScopedQuota): string[] {
  const selected = (spec.scopeSelector?.matchExpressions ?? []).map(
    ({ scopeName, operator, values }) =>
      operator === 'Exists'
        ? scopeName
        : [scopeName, operator, values.join(', ')].filter(Boolean).join(' '),
  );
  return [...spec.scopes, ...selected].sort();
}
