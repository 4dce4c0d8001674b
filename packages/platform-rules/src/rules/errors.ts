import { fieldViolation, type Violation } from '../Violation';
import type { Field } from './Field';

// Errors of k8s.io/apimachinery `pkg/util/validation/field/errors.go`. Without `advice`, the check says the same with other words.

/** Stands for a value that the API server prints in the notation of Go. */
export const OMITTED = '…';

interface Texts {
  /** Code of the rule; by default that of the type of error. */
  code?: string;
  advice?: string;
}

export function required(
  { path }: Field,
  detail = '',
  { code = 'required-value', advice = `${path} is missing.` }: Texts = {},
): Violation {
  return fieldViolation(
    code,
    advice,
    `${path}: Required value${detail && `: ${detail}`}`,
  );
}

export function invalid(
  { path, value }: Field,
  detail: string,
  {
    code = 'invalid-value',
    advice = `${path} is ${print(value)}: ${detail}.`,
  }: Texts = {},
): Violation {
  return fieldViolation(
    code,
    advice,
    `${path}: Invalid value: ${print(value)}: ${detail}`,
  );
}

export function unsupported(
  { path, value }: Field,
  supported: string[],
  {
    code = 'unsupported-value',
    advice = `${path} is ${print(value)}. Use ${supported.join(' or ')}.`,
  }: Texts = {},
): Violation {
  return fieldViolation(
    code,
    advice,
    `${path}: Unsupported value: ${print(value)}: supported values: ${supported
      .map(print)
      .join(', ')}`,
  );
}

export function forbidden(
  { path }: Field,
  detail: string,
  { code = 'forbidden-value', advice = `${path}: ${detail}.` }: Texts = {},
): Violation {
  return fieldViolation(code, advice, `${path}: Forbidden: ${detail}`);
}

export function duplicate(
  { path, value }: Field,
  {
    code = 'duplicate-value',
    advice = `${path}: ${print(value)} is there twice. Remove or rename one.`,
  }: Texts = {},
): Violation {
  return fieldViolation(
    code,
    advice,
    `${path}: Duplicate value: ${print(value)}`,
  );
}

export function notFound(
  { path, value }: Field,
  detail = '',
  {
    code = 'not-found',
    advice = `${path} names ${print(value)}, which does not exist.`,
  }: Texts = {},
): Violation {
  return fieldViolation(
    code,
    advice,
    `${path}: Not found: ${print(value)}${detail && `: ${detail}`}`,
  );
}

/** One of the supported values; an absent field is fine. */
export function oneOf(field: Field, supported: string[]): Violation[] {
  return field.isSet && !supported.includes(String(field.value))
    ? [unsupported(field, supported)]
    : [];
}

export function nonNegative(field: Field): Violation[] {
  return (field.number ?? 0) < 0
    ? [
        invalid(field, 'must be greater than or equal to 0', {
          code: 'negative-number',
          advice: `${field.path} must be ≥ 0.`,
        }),
      ]
    : [];
}

/** Formats a value as Go's JSON encoder does. */
function print(value: unknown): string {
  return JSON.stringify(value ?? null);
}
