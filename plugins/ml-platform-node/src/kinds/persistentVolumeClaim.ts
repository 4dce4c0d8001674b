import { z } from 'zod';
import { unitsOf } from '../quantities';
import { conditionsProjector } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, pick, text } from './projection/projector';
import { quantitySchema } from './quantitySchema';
import type { StoredObject } from './StoredObject';

const storageSchema = quantitySchema.transform(String).optional();

const specSchema = z.object({
  storageClassName: z.string().optional(),
  resources: z
    .object({ requests: z.object({ storage: storageSchema }).optional() })
    .optional(),
});

const statusSchema = z.object({
  phase: z.string().optional(),
  capacity: z.object({ storage: storageSchema }).optional(),
});

const persistentVolumeClaimSchema = z.object({
  metadata: metadataSchema,
  spec: specSchema.default({}),
  status: statusSchema.default({}),
});
export type PersistentVolumeClaim = z.infer<typeof persistentVolumeClaimSchema>;

export const persistentVolumeClaimKind = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
  schema: persistentVolumeClaimSchema,
  projection: {
    spec: pick({
      accessModes: interned(),
      resources: interned(),
      storageClassName: text,
      volumeName: keep,
      volumeMode: text,
    }),
    status: pick({
      phase: text,
      capacity: interned(),
      conditions: conditionsProjector,
    }),
  },
} satisfies Kind;

/** Bytes of the volume that a claim is bound to; 0 while it is not bound. */
export function volumeBytes(claim: StoredObject): number {
  const { data } = persistentVolumeClaimSchema.safeParse(claim);
  if (data?.status.phase !== 'Bound') {
    return 0;
  }
  const size =
    data.status.capacity?.storage ?? data.spec.resources?.requests?.storage;
  return unitsOf(size ?? '') ?? 0;
}
