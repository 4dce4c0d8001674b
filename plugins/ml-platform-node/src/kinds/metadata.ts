import { z } from 'zod';
import { entries, interned, keep, pick, text } from './projection/projector';

/** Longer annotations are bookkeeping of tools, such as `last-applied-configuration`. */
const MAX_ANNOTATION_LENGTH = 1000;

export const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  creationTimestamp: z.string().optional(),
  /** The end of the grace period. */
  deletionTimestamp: z.string().optional(),
  deletionGracePeriodSeconds: z.number().optional(),
  finalizers: z.array(z.string()).optional(),
  generation: z.number().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), uid: z.string() }))
    .optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

export const metadataProjector = pick({
  name: keep,
  namespace: text,
  uid: keep,
  resourceVersion: keep,
  generation: keep,
  creationTimestamp: keep,
  deletionTimestamp: keep,
  deletionGracePeriodSeconds: keep,
  finalizers: interned(),
  labels: interned(entries((_, value) => typeof value === 'string')),
  annotations: interned(
    entries(
      (_, value) =>
        typeof value === 'string' && value.length <= MAX_ANNOTATION_LENGTH,
    ),
  ),
  ownerReferences: interned(
    pick({
      apiVersion: keep,
      kind: keep,
      name: keep,
      uid: keep,
      controller: keep,
    }),
  ),
});

/** An object of any kind. */
export interface WithMetadata {
  metadata: Metadata;
}

/** The schema of kinds that are parsed for their metadata only. */
export const metadataOnlySchema = z.object({ metadata: metadataSchema });

/** Compares objects by creation, the newest first. */
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
