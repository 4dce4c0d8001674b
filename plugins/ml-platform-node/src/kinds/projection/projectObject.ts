import { metadataProjector } from '../metadata';
import type { StoredObject } from '../StoredObject';
import type { InternPool } from './InternPool';
import type { Projector } from './projector';

/** The fields of a kind's objects that are kept in addition to their metadata. */
export type Projection = Record<string, Projector>;

/**
 * Projects one object of a list or watch. Items of a list carry no kind, so it comes from `type`.
 *
 * @returns undefined for a value that is not an object with a name, so that one malformed item does not fail the list.
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
  const metadata = metadataProjector(fields.metadata, pool) as
    | Partial<StoredObject['metadata']>
    | undefined;
  if (typeof metadata?.name !== 'string') {
    return undefined;
  }
  const object: StoredObject = {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: metadata as StoredObject['metadata'],
  };
  for (const [field, project] of Object.entries(type.projection)) {
    const part = fields[field];
    if (part !== undefined && part !== null) {
      object[field] = project(part, pool);
    }
  }
  return object;
}
