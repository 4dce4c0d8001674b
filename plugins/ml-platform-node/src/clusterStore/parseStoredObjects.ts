import type { z } from 'zod';
import type { StoredObject } from '../kinds/StoredObject';
import { objectTypes, type ObjectType } from './objectTypes';

/** An object of the type, as the schema of its kind reads it. */
export type ParsedObject<T extends ObjectType> = z.output<
  (typeof objectTypes)[T]['schema']
>;

const parsedObjects = new WeakMap<StoredObject, unknown>();

/**
 * Parses stored objects with the schema of their kind. Objects that do not match it are omitted, so that one malformed
 * object does not fail a page. Each is parsed once, as the store replaces objects and never changes them: do not mutate
 * the result.
 *
 * @param items - objects of that type.
 */
export function parseStoredObjects<T extends ObjectType>(
  type: T,
  items: StoredObject[],
): Array<ParsedObject<T>> {
  const { schema } = objectTypes[type];
  return items.flatMap(item => {
    if (!parsedObjects.has(item)) {
      const { success, data } = schema.safeParse(item);
      parsedObjects.set(item, success ? data : undefined);
    }
    const parsed = parsedObjects.get(item) as ParsedObject<T> | undefined;
    return parsed === undefined ? [] : [parsed];
  });
}
