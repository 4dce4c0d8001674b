import type { JsonValue } from '@backstage/types';

/** A value of the configuration that is neither an object nor an array. */
export interface Leaf {
  /** As error messages of Backstage write it, for example `catalog.locations[0].target`. */
  path: string;
  /** Last key of the path; for an item of an array, the key of the array. */
  key: string;
  value: string | number | boolean;
}

/** Lists all values below a value of the configuration, in its order. */
export function leavesOf(value: JsonValue | undefined): Leaf[] {
  return collect(value, '', '');
}

function collect(
  value: JsonValue | undefined,
  path: string,
  key: string,
): Leaf[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      collect(item, `${path}[${index}]`, key),
    );
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, item]) =>
      collect(item, path ? `${path}.${name}` : name, name),
    );
  }
  return [{ path, key, value }];
}
