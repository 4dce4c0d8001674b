/** A field of an object of any kind; undefined where there is none. */
export function field(value: unknown, ...path: Array<string>): unknown {
  return path.reduce<unknown>((current, key) => fieldsOf(current)[key], value);
}

/** All fields of a map; empty for anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : {};
}

/** Items of a list; empty for anything else. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or number as text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : undefined;
}

/** Items of a list that another list does not have, as JSON or, if they are texts, as they are. */
export function added(before: unknown, after: unknown): string[] {
  const known = new Set(itemsOf(before).map(shown));
  return itemsOf(after)
    .map(shown)
    .filter(item => !known.has(item));
}

function shown(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}
