import { z } from 'zod';

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]).transform(String))
  .optional();

export const limitRangeSchema = z.object({
  spec: z.object({
    limits: z
      .array(
        z.object({
          type: z.string(),
          default: quantities,
          defaultRequest: quantities,
          min: quantities,
          max: quantities,
          maxLimitRequestRatio: quantities,
        }),
      )
      .default([]),
  }),
});
