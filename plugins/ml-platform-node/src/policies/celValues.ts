import type { CelInput } from '@bufbuild/cel';

/** Converts JSON to CEL values as API servers do: whole numbers become integers, and null fields are absent. */
export function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  if (typeof value === 'object' && value !== null) {
    // A Map, because field names can be arbitrary text.
    return new Map(
      Object.entries(value)
        .filter(([, item]) => item !== undefined && item !== null)
        .map(([key, item]): [string, CelInput] => [key, toCel(item)]),
    );
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
