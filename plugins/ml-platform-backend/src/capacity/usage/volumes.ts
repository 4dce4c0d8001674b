import { unitsOf, type StoredObject } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

const quantity = z.union([z.string(), z.number()]).optional();
const claimSchema = z.object({
  spec: z
    .object({
      resources: z
        .object({ requests: z.object({ storage: quantity }).optional() })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      phase: z.string().optional(),
      capacity: z.object({ storage: quantity }).optional(),
    })
    .optional(),
});

/** Capacity in bytes of a claim's volume; 0 while the claim is not bound. */
export function volumeBytes(claim: StoredObject): number {
  const { data } = claimSchema.safeParse(claim);
  if (data?.status?.phase !== 'Bound') {
    return 0;
  }
  const size =
    data.status.capacity?.storage ?? data.spec?.resources?.requests?.storage;
  return unitsOf(size ?? '') ?? 0;
}

/** Names of the PersistentVolumeClaims that a pod mounts. */
export function claimNames({ spec }: StoredObject): string[] {
  const { data } = z
    .array(
      z.object({
        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
      }),
    )
    .safeParse(spec?.volumes);
  return (data ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
  );
}
