import { z } from 'zod';
import { metadataSchema } from './metadata';

const amountsSchema = z.record(z.string(), z.string()).default({});

export const resourceQuotaSchema = z.object({
  metadata: metadataSchema,
  status: z
    .object({ hard: amountsSchema, used: amountsSchema })
    .default({ hard: {}, used: {} }),
});
export type ResourceQuota = z.infer<typeof resourceQuotaSchema>;
