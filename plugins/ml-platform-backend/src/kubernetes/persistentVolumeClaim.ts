import { z } from 'zod';
import { metadataSchema } from './metadata';

export const persistentVolumeClaimSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      storageClassName: z.string().optional(),
      resources: z
        .object({ requests: z.record(z.string(), z.string()).optional() })
        .optional(),
    })
    .default({}),
  status: z.object({ phase: z.string().optional() }).default({}),
});
export type PersistentVolumeClaim = z.infer<typeof persistentVolumeClaimSchema>;
