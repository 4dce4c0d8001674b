import type { StoredObject } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

/** What every Kubernetes object has. */
export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  generation: z.number().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), uid: z.string() }))
    .optional(),
});

export interface WithMetadata {
  metadata: z.infer<typeof metadataSchema>;
}

const parsedObjects = new WeakMap<z.ZodType, WeakMap<StoredObject, unknown>>();

/**
 * Objects that look as their kind should; one odd object must not take a page down. Each is parsed once: the store
 * never changes an object, it replaces it. Nobody may change what this returns.
 */
export function parseObjects<T>(
  schema: z.ZodType<T>,
  items: StoredObject[],
): T[] {
  const known =
    parsedObjects.get(schema) ?? new WeakMap<StoredObject, unknown>();
  parsedObjects.set(schema, known);
  return items.flatMap(item => {
    if (!known.has(item)) {
      const { success, data } = schema.safeParse(item);
      known.set(item, success ? data : undefined);
    }
    const parsed = known.get(item) as T | undefined;
    return parsed === undefined ? [] : [parsed];
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
