import type { Violation } from '../Violation';
import { invalid, required } from './errors';
import type { Field } from './Field';

// Formats and messages of k8s.io/apimachinery `pkg/util/validation/validation.go` and `pkg/api/validate/content`.

/** Lists what is wrong with a text. */
export type Format = (text: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?`;

const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const NAME_WORDS =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

function pattern(
  text: string,
  expression: string,
  words: string,
  ...examples: string[]
): string[] {
  const printed = examples.map(example => `'${example}'`).join(',  or ');
  return new RegExp(`^(?:${expression})$`).test(text)
    ? []
    : [
        `${words} (e.g. ${printed}, regex used for validation is '${expression}')`,
      ];
}

function maximum(text: string, limit: number, unit = 'characters'): string[] {
  return Buffer.byteLength(text) > limit
    ? [`must be no more than ${limit} ${unit}`]
    : [];
}

export const dnsLabel: Format = text =>
  text.includes('.')
    ? ['must not contain dots', ...maximum(text, 63)]
    : [
        ...maximum(text, 63),
        ...pattern(
          text,
          LABEL,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          'my-name',
          '123-abc',
        ),
      ];

export const dnsSubdomain: Format = text => [
  ...maximum(text, 253),
  ...pattern(text, SUBDOMAIN, SUBDOMAIN_WORDS, 'example.com'),
];

export const wildcardSubdomain: Format = text =>
  pattern(
    text,
    `\\*\\.${SUBDOMAIN}`,
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
    '*.example.com',
  );

/** Names of labels, annotations and conditions: a name, or prefix/name. */
export const qualifiedName: Format = text => {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2) {
    return [
      `a valid label key ${NAME_WORDS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  return [
    ...(parts.length === 2 ? prefixProblems(parts[0]) : []),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...maximum(name, 63, 'bytes').map(words => `name part ${words}`),
    ...pattern(
      name,
      NAME,
      `name part ${NAME_WORDS}`,
      'MyName',
      'my.name',
      '123-abc',
    ),
  ];
};

function prefixProblems(prefix: string): string[] {
  return prefix === ''
    ? ['prefix part must be non-empty']
    : dnsSubdomain(prefix).map(words => `prefix part ${words}`);
}

export const labelValue: Format = text => [
  ...maximum(text, 63, 'bytes'),
  ...pattern(
    text,
    LABEL_VALUE,
    `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
    'MyValue',
    'my_value',
    '12345',
  ),
];

export const configKey: Format = text => {
  const problems = [
    ...maximum(text, 253),
    ...pattern(
      text,
      '[-._a-zA-Z0-9]+',
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
      'key.name',
      'KEY_NAME',
      'key-name',
    ),
  ];
  if (text === '.' || text === '..') {
    return [...problems, `must not be '${text}'`];
  }
  return text.startsWith('..')
    ? [...problems, "must not start with '..'"]
    : problems;
};

export const environmentName: Format = text =>
  /^[ -<>-~]+$/.test(text)
    ? []
    : [
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ];

export const portName: Format = text => [
  ...maximum(text, 15),
  ...(/^[-a-z0-9]*$/.test(text)
    ? []
    : [
        'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      ]),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(text) ? ['must not begin or end with a hyphen'] : []),
];

export const headerName: Format = text =>
  pattern(
    text,
    '[-A-Za-z0-9]+',
    "a valid HTTP header must consist of alphanumeric characters or '-'",
    'X-Header-Name',
  );

export const percentage: Format = text =>
  pattern(
    text,
    '[0-9]+%',
    "a valid percent string must be a numeric string followed by an ending '%'",
    '1%',
    '93%',
  );

/** Names that are a part of a path of the API. */
export const pathSegment: Format = text => {
  if (text === '.' || text === '..') {
    return [`may not be '${text}'`];
  }
  return ['/', '%']
    .filter(character => text.includes(character))
    .map(character => `may not contain '${character}'`);
};

/** Violations of a format by a text; an absent field is fine. */
export function formatted(
  field: Field,
  format: Format,
  code?: string,
): Violation[] {
  return field.text === undefined
    ? []
    : format(field.text).map(words =>
        invalid(field, words, code === undefined ? {} : { code }),
      );
}

/** Like `formatted`, and an absent or empty field is an error. */
export function requiredFormat(field: Field, format: Format): Violation[] {
  return field.text ? formatted(field, format) : [required(field)];
}

const PORT_RANGE = 'must be between 1 and 65535, inclusive';

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** A port number; an absent one counts as 0. */
export function portNumber(field: Field): Violation[] {
  const port = field.number ?? 0;
  return isPort(port)
    ? []
    : [
        invalid(field.or(0), PORT_RANGE, {
          code: 'port-number',
          advice: `${field.path}: ${port} is not a port (1 to 65535).`,
        }),
      ];
}

export function portNumberOrName(field: Field): Violation[] {
  return field.text === undefined
    ? portNumber(field)
    : formatted(field, portName, 'port-name');
}
