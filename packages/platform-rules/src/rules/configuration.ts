import type { Violation } from '../Violation';
import { invalid, required } from './errors';
import { Field } from './Field';
import { configKey } from './formats';

/** @see kubernetes `ValidateConfigMap` of `pkg/apis/core/validation` */
export function configMapViolations(object: Field): Violation[] {
  const binary = object.at('binaryData').entries;
  return [
    ...object
      .at('data')
      .entries.flatMap(([key, field]) => [
        ...keyViolations(key, field),
        ...(binary.some(([other]) => other === key)
          ? [
              invalid(
                field.withValue(key),
                'duplicate of key present in binaryData',
              ),
            ]
          : []),
      ]),
    ...binary.flatMap(([key, field]) => keyViolations(key, field)),
  ];
}

function keyViolations(key: string, field: Field): Violation[] {
  return configKey(key).map(words =>
    invalid(field.withValue(key), words, {
      code: 'config-key',
      advice: `"${key}" cannot be a key. Use letters, digits, "-", "_" and ".".`,
    }),
  );
}

/** Keys that must be there by type of Secret. */
const SECRET_KEYS: Readonly<Record<string, string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const ACCOUNT = 'kubernetes.io/service-account.name';

/** @see kubernetes `ValidateSecret` of `pkg/apis/core/validation` */
export function secretViolations(object: Field): Violation[] {
  const keys = [
    ...new Set(
      ['data', 'stringData'].flatMap(name =>
        object.at(name).entries.map(([key]) => key),
      ),
    ),
  ].sort();
  const at = (key: string) => new Field(key, `data[${key}]`);
  const type = object.at('type').text ?? '';
  const annotations = object.at('metadata', 'annotations').entries;
  return [
    ...keys.flatMap(key => keyViolations(key, at(key))),
    ...(Object.hasOwn(SECRET_KEYS, type) ? SECRET_KEYS[type] : [])
      .filter(key => !keys.includes(key))
      .map(key => required(at(key))),
    ...(type === 'kubernetes.io/basic-auth' &&
    !keys.includes('username') &&
    !keys.includes('password')
      ? [required(at('username')), required(at('password'))]
      : []),
    ...(type === 'kubernetes.io/service-account-token' &&
    !annotations.some(([key]) => key === ACCOUNT)
      ? [required(new Field(undefined, `metadata.annotations[${ACCOUNT}]`))]
      : []),
    ...dockerViolations(object, type),
  ];
}

function dockerViolations(object: Field, type: string): Violation[] {
  if (!type.startsWith('kubernetes.io/dockerc')) {
    return [];
  }
  const [key] = SECRET_KEYS[type] ?? [];
  const find = (name: string) =>
    object.at(name).entries.find(([entry]) => entry === key)?.[1].text;
  const encoded = find('data');
  const text =
    find('stringData') ??
    (encoded === undefined
      ? undefined
      : Buffer.from(encoded, 'base64').toString());
  const character = text?.trim()[0];
  return text === undefined || isJson(text)
    ? []
    : [
        invalid(
          new Field('<secret contents redacted>', `data[${key}]`),
          `invalid character '${character}' looking for beginning of value`,
          { code: 'secret-json', advice: `${key} is not JSON.` },
        ),
      ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
