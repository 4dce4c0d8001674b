import { isFields } from '../objects/isFields';
import { nanosOf } from '../quantities';
import type { Violation } from '../Violation';

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** Where a value is, for messages in the notation of Go's decoder. */
export interface Place {
  /** Path in the manifest, for example `spec.ports[0].port`. */
  path: string;
  /** Path of Go's decoder, for example `spec.ports.port`. */
  goPath: string;
  /** The struct that has the field, for example `ServicePort`. */
  struct: string;
  format?: string;
}

export function mismatch(
  value: unknown,
  goTypeName: string,
  place: Place,
): Violation {
  const isFraction = typeof value === 'number' && goTypeName.startsWith('int');
  const found = isFraction ? `number ${value}` : jsonType(value);
  return {
    code: 'field-type',
    advice: `${place.path} is ${describe(value)}, but must be ${expected(
      goTypeName,
    )}.`,
    server: {
      phase: 'parsing',
      text: `json: cannot unmarshal ${found} into Go struct field ${place.struct}.${place.goPath} of type ${goTypeName}`,
    },
  };
}

function describe(value: unknown): string {
  return isFields(value) || Array.isArray(value)
    ? `${jsonType(value) === 'array' ? 'a list' : 'a map'}`
    : `${JSON.stringify(value)}`;
}

function expected(goTypeName: string): string {
  if (goTypeName === 'string') {
    return 'text: put it in quotes';
  }
  if (goTypeName === 'bool') {
    return 'true or false, without quotes';
  }
  if (goTypeName.startsWith('int')) {
    return 'a whole number, without quotes';
  }
  return goTypeName.startsWith('[]') ? 'a list' : 'a map of fields';
}

export function quantityViolation(
  value: unknown,
  { path }: Place,
): Violation[] {
  const isScalar = typeof value === 'string' || typeof value === 'number';
  if (isScalar && nanosOf(value) !== undefined) {
    return [];
  }
  return [
    {
      code: 'quantity',
      advice: `${path} is ${describe(
        value,
      )}, which is not a quantity. For example 500m for half a CPU, or 256Mi of memory.`,
      server: {
        phase: 'parsing',
        text:
          isScalar && QUANTITY.test(String(value))
            ? "unable to parse quantity's suffix"
            : `quantities must match the regular expression '${QUANTITY.source}'`,
      },
    },
  ];
}

export function binaryViolation(value: unknown, place: Place): Violation[] {
  if (typeof value !== 'string') {
    return [mismatch(value, '[]uint8', place)];
  }
  const text = value.replace(/[\r\n]/g, '');
  const valid =
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/;
  if (text.replace(valid, '') === '') {
    return [];
  }
  const stop = text.search(/[^A-Za-z0-9+/]/);
  return [
    {
      code: 'base64',
      advice: `${place.path} is not base64.`,
      server: {
        phase: 'parsing',
        text: `illegal base64 data at input byte ${
          stop < 0 ? text.length - (text.length % 4) : stop
        }`,
      },
    },
  ];
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
