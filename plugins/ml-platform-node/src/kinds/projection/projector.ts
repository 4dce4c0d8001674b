import type { InternPool } from './InternPool';

/** Turns a part of an object, as the API server sends it, into the part that is kept; undefined for nothing. */
export type Projector = (value: unknown, pool: InternPool) => unknown;

type Fields = Record<string, unknown>;

/** More than any error of a system. A longer one repeats what a team wrote, and expressions that read it take the square of its length. */
const MAX_MESSAGE_LENGTH = 10_000;

/** Keeps the whole value. */
export const keep: Projector = value => value;

/** Keeps a string that many objects have in common. */
export const text = interned();

/** Keeps a message, which has no limit of its own, up to a length. */
export const message: Projector = (value, pool) =>
  pool.intern(
    typeof value === 'string' && value.length > MAX_MESSAGE_LENGTH
      ? `${value.slice(0, MAX_MESSAGE_LENGTH)}…`
      : value,
  );

/** Keeps these fields of an object, or of each object in a list, and drops all others. */
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

/** Keeps the matching objects of a list, each as `project` does. */
export function matching(
  matches: (item: Fields) => boolean,
  project: Projector,
): Projector {
  return (value, pool) =>
    Array.isArray(value)
      ? value
          .filter(item => isFields(item) && matches(item))
          .map(item => project(item, pool))
      : undefined;
}

/** Keeps one copy of a part that many objects have in common. */
export function interned(project: Projector = keep): Projector {
  return (value, pool) => pool.intern(project(value, pool));
}

/**
 * Keeps one copy of each flat object in a list, for objects that are in many lists.
 *
 * @param keyField - a field by which few objects are equal.
 */
export function internedItems(
  keyField: string,
  fields: Record<string, Projector>,
): Projector {
  const project = pick(fields);
  return (value, pool) =>
    Array.isArray(value)
      ? value.map(item => {
          const kept = project(item, pool);
          return isFields(kept)
            ? pool.internFlat(String(kept[keyField]), kept)
            : undefined;
        })
      : undefined;
}

/** Keeps the keys of a map; `placeholder` replaces each value, so that none looks empty. */
export function namesOnly(placeholder: string): Projector {
  return value =>
    isFields(value)
      ? Object.fromEntries(Object.keys(value).map(name => [name, placeholder]))
      : undefined;
}

/** Keeps the matching entries of a map. */
export function entries(
  matches: (key: string, value: unknown) => boolean,
): Projector {
  return value =>
    isFields(value)
      ? Object.fromEntries(
          Object.entries(value).filter(([key, each]) => matches(key, each)),
        )
      : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
