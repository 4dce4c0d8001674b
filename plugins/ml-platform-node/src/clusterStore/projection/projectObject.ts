import type { StoredObject } from '../ClusterStore';
import { metadata } from './objectParts';
import type { InternPool } from './InternPool';
import type { Projector } from './projector';

/** What is kept of a type's objects, besides their metadata. */
export type Projection = Record<string, Projector>;

/**
 * What is kept of one object. Items of a list carry no kind, so it comes from the type.
 *
 * @returns undefined for what is no object: one odd item must not cost the others.
 */
export function projectObject(
  source: unknown,
  type: { apiVersion: string; kind: string; projection: Projection },
  pool: InternPool,
): StoredObject | undefined {
  if (typeof source !== 'object' || source === null) {
    return undefined;
  }
  const fields = source as Record<string, unknown>;
  const meta = metadata(fields.metadata, pool) as
    | Partial<StoredObject['metadata']>
    | undefined;
  if (typeof meta?.name !== 'string') {
    return undefined;
  }
  const object: StoredObject = {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: meta as StoredObject['metadata'],
  };
  for (const [field, project] of Object.entries(type.projection)) {
    const part = fields[field];
    if (part !== undefined && part !== null) {
      object[field] = project(part, pool);
    }
  }
  return object;
}
