import type { InternPool } from './InternPool';

/** Turns a part of an object, as the API server sends it, into what is kept of it; undefined for nothing. */
export type Projector = (value: unknown, pool: InternPool) => unknown;

type Fields = Record<string, unknown>;

/** All of it. */
export const keep: Projector = value => value;

/** Of an object, or of each object of a list, these fields and no others. */
export function pick(fields: Record<string, Projector>): Projector {
  const projectors = Object.entries(fields);
  const pickObject = (value: unknown, pool: InternPool) => {
    if (!isFields(value)) {
      return undefined;
    }
    const kept: Fields = {};
    for (const [field, project] of projectors) {
      const part = value[field];
      if (part !== undefined && part !== null) {
        kept[field] = project(part, pool);
      }
    }
    return kept;
  };
  return (value, pool) =>
    Array.isArray(value)
      ? value.map(item => pickObject(item, pool))
      : pickObject(value, pool);
}

/** What many objects have in common: kept once. */
export function shared(project: Projector = keep): Projector {
  return (value, pool) => pool.share(project(value, pool));
}

/** A list of flat objects, each of which is in many lists: each is kept once. They are looked up by one of their fields. */
export function sharedItems(
  keyField: string,
  fields: Record<string, Projector>,
): Projector {
  const project = pick(fields);
  return (value, pool) =>
    Array.isArray(value)
      ? value.map(item => {
          const kept = project(item, pool);
          return isFields(kept)
            ? pool.shareFlat(String(kept[keyField]), kept)
            : undefined;
        })
      : undefined;
}

/** Of a map, the keys; a text stands for every value, so that nobody takes them for empty. */
export function namesOnly(text: string): Projector {
  return value =>
    isFields(value)
      ? Object.fromEntries(Object.keys(value).map(name => [name, text]))
      : undefined;
}

/** Of a map, the entries that fit. */
export function entries(
  fits: (key: string, value: unknown) => boolean,
): Projector {
  return value =>
    isFields(value)
      ? Object.fromEntries(
          Object.entries(value).filter(([key, each]) => fits(key, each)),
        )
      : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
