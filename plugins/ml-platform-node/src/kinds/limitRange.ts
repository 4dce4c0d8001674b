import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned } from './projection/projector';
import { quantitySchema } from './quantitySchema';

const amountsSchema = z
  .record(z.string(), quantitySchema.transform(String))
  .optional();

const limitRangeSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    limits: z
      .array(
        z.object({
          type: z.string(),
          default: amountsSchema,
          defaultRequest: amountsSchema,
          min: amountsSchema,
          max: amountsSchema,
          maxLimitRequestRatio: amountsSchema,
        }),
      )
      .default([]),
  }),
});

export const limitRangeKind = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  namespaced: true,
  schema: limitRangeSchema,
  projection: { spec: interned() },
} satisfies Kind;
