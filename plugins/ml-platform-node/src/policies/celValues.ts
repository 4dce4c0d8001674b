import type { CelInput } from '@bufbuild/cel';

/** JSON as an API server gives it to CEL: whole numbers are integers, and a field that is null is not there. */
export function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  if (typeof value === 'object' && value !== null) {
    // A map, because the names of fields are data.
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
