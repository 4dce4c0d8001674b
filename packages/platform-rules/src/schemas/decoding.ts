// Not the package's main module, which loads the whole client.
import * as models from '@kubernetes/client-node/dist/gen/models/all.js';
import { isFields } from '../objects/isFields';
import type { Violation } from '../Violation';
import {
  type Place,
  binaryViolation,
  mismatch,
  quantityViolation,
} from './encodedValues';

const classes = new Map<string, unknown>(Object.entries(models));

/** Go structs whose fields appear as if they were those of another one, by that one and the field. */
const EMBEDDED: Readonly<
  Record<string, (field: string) => string | undefined>
> = {
  V1IngressRule: field => (field === 'http' ? 'IngressRuleValue' : undefined),
  V1Probe: field =>
    ['exec', 'httpGet', 'tcpSocket', 'grpc'].includes(field)
      ? 'ProbeHandler'
      : undefined,
  V1Volume: field => (field === 'name' ? undefined : 'VolumeSource'),
};
/** Fields of type Quantity, or maps of them, which the client describes as strings. */
const QUANTITIES: Readonly<Record<string, string[]>> = {
  V1EmptyDirVolumeSource: ['sizeLimit'],
  V1LimitRangeItem: [
    'default',
    'defaultRequest',
    'max',
    'maxLimitRequestRatio',
    'min',
  ],
  V1PodSpec: ['overhead'],
  V1ResourceFieldSelector: ['divisor'],
  V1ResourceQuotaSpec: ['hard'],
  V1ResourceRequirements: ['limits', 'requests'],
  V1VolumeResourceRequirements: ['limits', 'requests'],
  V2HPAScalingRules: ['tolerance'],
  V2MetricTarget: ['averageValue', 'value'],
};
/** Maps of base64. */
const BINARY: Readonly<Record<string, string[]>> = {
  V1ConfigMap: ['binaryData'],
  V1Secret: ['data'],
};
/** Fields that the client has a class for, and the API server's decoder another form. */
const OPAQUE = ['Date', 'V1MicroTime', 'any', 'object'];

/**
 * Finds fields that a Kubernetes type does not have, and values of other types. API servers without strict validation
 * drop unknown fields, so that a misspelt `securityContext` would have no effect.
 *
 * @param model - class of the generated client, for example `V1Deployment`
 */
export function decodingViolations(value: object, model: string): Violation[] {
  return check(value, model, { path: '', goPath: '', struct: goName(model) });
}

function check(value: unknown, type: string, place: Place): Violation[] {
  if (value === null || value === undefined || OPAQUE.includes(type)) {
    return [];
  }
  const item = /^(?:Array|Set)<(.*)>$/.exec(type)?.[1];
  if (item) {
    return Array.isArray(value)
      ? value.flatMap((element, index) =>
          check(element, item, {
            ...place,
            path: `${place.path}[${index}]`,
          }),
        )
      : [mismatch(value, `[]${goType(item, place.format)}`, place)];
  }
  const entry = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (entry) {
    return isFields(value)
      ? Object.entries(value).flatMap(([key, element]) =>
          check(element, entry, { ...place, path: `${place.path}.${key}` }),
        )
      : [mismatch(value, `map[string]${goType(entry, place.format)}`, place)];
  }
  const attributes = attributesOf(type);
  return attributes
    ? checkFields(value, type, attributes, place)
    : checkScalar(value, type, place);
}

function checkFields(
  value: unknown,
  type: string,
  attributes: Attribute[],
  place: Place,
): Violation[] {
  if (!isFields(value)) {
    return [mismatch(value, goType(type), place)];
  }
  return Object.entries(value).flatMap(([key, element]) => {
    const path = place.path ? `${place.path}.${key}` : key;
    const attribute = attributes.find(({ baseName }) => baseName === key);
    if (!attribute) {
      return [unknownField(path)];
    }
    const embedded = EMBEDDED[type]?.(key);
    const child = {
      path,
      goPath: [place.goPath, embedded, key].filter(Boolean).join('.'),
      struct: embedded ?? goName(type),
      format: attribute.format,
    };
    if (QUANTITIES[type]?.includes(key)) {
      return checkEach(element, attribute.type, child, quantityViolation);
    }
    if (BINARY[type]?.includes(key) && isFields(element)) {
      return checkEach(element, attribute.type, child, binaryViolation);
    }
    return check(element, attribute.type, child);
  });
}

/** Checks a value, or all values of a map. */
function checkEach(
  value: unknown,
  type: string,
  place: Place,
  rule: (value: unknown, place: Place) => Violation[],
): Violation[] {
  if (value === null) {
    return [];
  }
  if (!type.startsWith('{')) {
    return rule(value, place);
  }
  return isFields(value)
    ? Object.entries(value)
        .filter(([, element]) => element !== null)
        .flatMap(([key, element]) =>
          rule(element, { ...place, path: `${place.path}.${key}` }),
        )
    : [mismatch(value, 'v1.ResourceList', place)];
}

function checkScalar(value: unknown, type: string, place: Place): Violation[] {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? [] : [mismatch(value, type, place)];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [mismatch(value, 'bool', place)];
    case 'number':
      return isNumber(value, place.format)
        ? []
        : [mismatch(value, place.format ?? 'int64', place)];
    case 'IntOrString':
      return typeof value === 'string' || isNumber(value, 'int32')
        ? []
        : [mismatch(value, 'int32', place)];
    default:
      return [];
  }
}

function isNumber(value: unknown, format = 'int64'): boolean {
  if (typeof value !== 'number') {
    return false;
  }
  if (format === 'double') {
    return true;
  }
  const limit = format === 'int32' ? 2 ** 31 : 2 ** 63;
  return Number.isInteger(value) && value >= -limit && value < limit;
}

function unknownField(path: string): Violation {
  return {
    code: 'unknown-field',
    advice: `${path} is not a field of this kind. Check its spelling and position.`,
    server: { phase: 'decoding', text: `unknown field "${path}"` },
  };
}

/** The name of a Go struct, for example `Deployment` for `V1Deployment`. */
function goName(type: string): string {
  return type.replace(/^V\d+((alpha|beta)\d+)?/, '');
}

function goType(type: string, format?: string): string {
  const version = /^(V\d+(?:(?:alpha|beta)\d+)?)/.exec(type)?.[1];
  if (version) {
    return `${version.toLowerCase()}.${goName(type)}`;
  }
  return type === 'number' ? format ?? 'int64' : type;
}

interface Attribute {
  baseName: string;
  type: string;
  format?: string;
}

function attributesOf(type: string): Attribute[] | undefined {
  const model = classes.get(type);
  return hasAttributes(model) ? model.getAttributeTypeMap() : undefined;
}

function hasAttributes(
  model: unknown,
): model is { getAttributeTypeMap(): Attribute[] } {
  return typeof model === 'function' && 'getAttributeTypeMap' in model;
}
