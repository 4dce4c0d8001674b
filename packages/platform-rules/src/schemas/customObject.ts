import { z } from 'zod';
import { quantityOf } from '../quantities';

export const stringMap = z.record(z.string(), z.string());

export const quantity = z
  .union([z.string(), z.number()])
  .refine(
    value => quantityOf(value) !== undefined,
    'must be a quantity, for example 4 or 256Gi',
  );

/** A whole number, or a percentage such as 25%. */
export const numberOrPercentage = z.union([
  z.number().int().min(0),
  z.string().regex(/^\d+%$/, 'must be a whole number or a percentage'),
]);

/** A duration of Go's `time.ParseDuration`. */
export const goDuration = z
  .string()
  .regex(
    /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/,
    'must be a duration, for example 30s or 1h30m',
  );

export const count = z.number().int().min(0);

export const labelSelector = z.strictObject({
  matchLabels: stringMap.optional(),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** A custom resource with the given specification. */
export function customObject<Spec extends z.ZodType>(spec: Spec) {
  return z.strictObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({
      name: z.string(),
      namespace: z.string().optional(),
      labels: stringMap.optional(),
      annotations: stringMap.optional(),
    }),
    spec,
  });
}
