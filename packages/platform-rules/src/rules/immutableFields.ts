import { isDeepStrictEqual } from 'node:util';
import type { Violation } from '../Violation';
import { OMITTED, invalid } from './errors';
import { Field } from './Field';

export function immutable(field: Field, advice?: string): Violation {
  return invalid(field, 'field is immutable', {
    code: 'immutable-field',
    advice:
      advice ??
      `${field.path} cannot change. Give the object another name, or delete it first.`,
  });
}

/** An immutable field whose value the API server prints in the notation of Go. */
export function immutableStruct({ path }: Field, advice: string): Violation {
  return {
    code: 'immutable-field',
    advice,
    server: {
      phase: 'validation',
      text: `${path}: Invalid value: ${OMITTED}: field is immutable`,
    },
  };
}

export function isSame(before: Field, after: Field): boolean {
  return isDeepStrictEqual(before.value, after.value);
}
