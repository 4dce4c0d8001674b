/** A list with one item more. There are many short ones, and one that is pushed to or spread keeps room for sixteen. */
export function appended<T>(list: readonly T[] | undefined, item: T): T[] {
  return list?.length ? list.concat([item]) : [item];
}
