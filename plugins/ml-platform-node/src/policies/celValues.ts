import type { CelInput } from '@bufbuild/cel';

/**
 * Converts JSON to values of the Common Expression Language (CEL), as the API server does for ValidatingAdmissionPolicies:
 * whole numbers become `int`, and fields with the value null are absent.
 */
export function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  if (typeof value === 'object' && value !== null) {
    // A Map instead of an object: field names such as `__proto__` need no special treatment.
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
