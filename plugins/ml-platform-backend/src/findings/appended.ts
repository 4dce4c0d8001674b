/** Returns a list with one more item. For many short lists: pushing or spreading reserves room for sixteen items. */
export function appended<T>(list: readonly T[] | undefined, item: T): T[] {
  return list?.length ? list.concat([item]) : [item];
}
