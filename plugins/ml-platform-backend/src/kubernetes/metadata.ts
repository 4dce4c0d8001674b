import type { StoredObject } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

/** What every Kubernetes object has. */
export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), uid: z.string() }))
    .optional(),
});

export interface WithMetadata {
  metadata: z.infer<typeof metadataSchema>;
}

/** Objects that look as their kind should; one odd object must not take a page down. */
export function parseObjects<T>(
  schema: z.ZodType<T>,
  items: StoredObject[],
): T[] {
  return items.flatMap(item => {
    const { success, data } = schema.safeParse(item);
    return success ? [data] : [];
  });
}

export function newestFirst(a: WithMetadata, b: WithMetadata): number {
  return (b.metadata.creationTimestamp ?? '').localeCompare(
    a.metadata.creationTimestamp ?? '',
  );
}

export function isOwnedBy(object: WithMetadata, owner: WithMetadata): boolean {
  return Boolean(
    object.metadata.ownerReferences?.some(
      ({ uid }) => uid === owner.metadata.uid,
    ),
  );
}
