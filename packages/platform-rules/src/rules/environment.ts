import { canonicalQuantity } from '../quantities';
import type { Violation } from '../Violation';
import { invalid, required, unsupported } from './errors';
import type { Field } from './Field';
import {
  configKey,
  dnsSubdomain,
  environmentName,
  formatted,
  qualifiedName,
  requiredFormat,
} from './formats';
import { asQuantity } from './resources';

const ENVIRONMENT_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
/** Fields that the downward API can convert at all; not each of them is supported everywhere. */
const CONVERTIBLE_FIELDS = [
  ...ENVIRONMENT_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];
const RESOURCE_FIELDS = ['limits', 'requests'].flatMap(list =>
  ['cpu', 'ephemeral-storage', 'memory'].map(name => `${list}.${name}`),
);
const SOURCES = [
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'fileKeyRef',
];

/** @see kubernetes `ValidateEnv` of `pkg/apis/core/validation` */
export function environmentViolations(container: Field): Violation[] {
  return container
    .at('env')
    .items.flatMap(variable => [
      ...requiredFormat(variable.at('name'), environmentName),
      ...valueFromViolations(variable),
    ]);
}

function valueFromViolations(variable: Field): Violation[] {
  const from = variable.at('valueFrom');
  if (!from.isSet) {
    return [];
  }
  const sources = SOURCES.filter(name => from.at(name).isSet);
  const problem = (words: string, advice: string) =>
    invalid(from.withValue(''), words, {
      code: 'environment-source',
      advice: `${from.path}: ${advice}`,
    });
  return [
    ...fieldRefViolations(from.at('fieldRef'), ENVIRONMENT_FIELDS),
    ...resourceRefViolations(from.at('resourceFieldRef'), false),
    ...keyRefViolations(from.at('configMapKeyRef')),
    ...keyRefViolations(from.at('secretKeyRef')),
    ...(sources.length === 0
      ? [
          problem(
            'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
            'name a source, for example configMapKeyRef.',
          ),
        ]
      : []),
    ...(sources.length > 0 && variable.at('value').text
      ? [
          problem(
            'may not be specified when `value` is not empty',
            'the variable has a value, too. Remove one of them.',
          ),
        ]
      : []),
    ...(sources.length > 1 && !variable.at('value').text
      ? [
          problem(
            'may not have more than one field specified at a time',
            `${sources.join(' and ')} are both set. Remove one of them.`,
          ),
        ]
      : []),
  ];
}

function keyRefViolations(reference: Field): Violation[] {
  return reference.isSet
    ? [
        ...formatted(reference.at('name').or(''), dnsSubdomain),
        ...requiredFormat(reference.at('key'), configKey),
      ]
    : [];
}

export function environmentFromViolations(container: Field): Violation[] {
  const list = container.at('envFrom');
  return list.items.flatMap(item => {
    const sources = ['configMapRef', 'secretRef']
      .map(name => item.at(name))
      .filter(source => source.isSet);
    const problem = (words: string, advice: string) =>
      invalid(list.withValue(''), words, {
        code: 'environment-source',
        advice: `${item.path}: ${advice}`,
      });
    return [
      ...(item.at('prefix').text
        ? formatted(item.at('prefix'), environmentName)
        : []),
      ...sources.flatMap(source =>
        requiredFormat(source.at('name'), dnsSubdomain),
      ),
      ...(sources.length === 0
        ? [
            problem(
              'must specify one of: `configMapRef` or `secretRef`',
              'name a source, configMapRef or secretRef.',
            ),
          ]
        : []),
      ...(sources.length > 1
        ? [
            problem(
              'may not have more than one field specified at a time',
              'configMapRef and secretRef are both set. Write two entries.',
            ),
          ]
        : []),
    ];
  });
}

/** Items of a volume of the downward API. */
export function downwardItemViolations(
  item: Field,
  parent: Field,
): Violation[] {
  const reference = item.at('fieldRef').named(`${parent.path}.fieldRef`);
  const resource = item
    .at('resourceFieldRef')
    .named(`${parent.path}.resourceFieldRef`);
  if (!reference.isSet) {
    return resource.isSet
      ? resourceRefViolations(resource, true)
      : [required(parent, 'one of fieldRef and resourceFieldRef is required')];
  }
  return [
    ...fieldRefViolations(reference, VOLUME_FIELDS),
    ...(resource.isSet
      ? [
          invalid(
            parent.withValue('resource'),
            'fieldRef and resourceFieldRef can not be specified simultaneously',
          ),
        ]
      : []),
  ];
}

function fieldRefViolations(
  reference: Field,
  supported: string[],
): Violation[] {
  const path = reference.at('fieldPath');
  if (!reference.isSet) {
    return [];
  }
  if (!path.text) {
    return [required(path)];
  }
  const [, map, key] =
    /^(metadata\.(?:annotations|labels))\['(.*)'\]$/.exec(path.text) ?? [];
  if (map !== undefined) {
    const name = map === 'metadata.annotations' ? key.toLowerCase() : key;
    return formatted(reference.withValue(name), qualifiedName);
  }
  if (!CONVERTIBLE_FIELDS.includes(path.text)) {
    return [
      invalid(
        path,
        `error converting fieldPath: field label not supported: ${path.text}`,
        { code: 'field-path' },
      ),
    ];
  }
  return supported.includes(path.text) ? [] : [unsupported(path, supported)];
}

function resourceRefViolations(
  reference: Field,
  isVolume: boolean,
): Violation[] {
  const resource = reference.at('resource');
  if (!reference.isSet) {
    return [];
  }
  if (isVolume && !reference.at('containerName').text) {
    return [required(reference.at('containerName'))];
  }
  if (!resource.text) {
    return [required(resource)];
  }
  const isSupported =
    RESOURCE_FIELDS.includes(resource.text) ||
    /^(requests|limits)\.hugepages-/.test(resource.text);
  return [
    ...(isSupported ? [] : [unsupported(resource, RESOURCE_FIELDS)]),
    ...divisorViolations(reference, resource.text),
  ];
}

function divisorViolations(reference: Field, resource: string): Violation[] {
  const divisor = reference.at('divisor');
  const text = divisor.isSet ? canonicalQuantity(asQuantity(divisor)) : '0';
  const isCpu = /\.cpu$/.test(resource);
  const isValid = isCpu
    ? /^(1m?|0)$/.test(text)
    : /^(1([kMGTPE]|[KMGTPE]i)?|0)$/.test(text);
  const names: Record<string, string> = {
    memory: 'memory',
    'ephemeral-storage': 'local ephemeral storage',
  };
  const words = isCpu
    ? "only divisor's values 1m and 1 are supported with the cpu resource"
    : `only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the ${
        names[resource.split('.')[1]] ?? 'hugepages'
      } resource`;
  return isValid
    ? []
    : [invalid(divisor.withValue(resource), words, { code: 'divisor' })];
}
