import type { KubernetesObject } from '../objects/parseObjects';
import { fieldViolation, type Violation } from '../Violation';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Words of k8s.io/apimachinery `pkg/util/validation`. */
const LABEL_NAME_WORDS =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const SERVICE_NAME_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/** Validates names and labels as the API server does. */
export function metadataViolations({
  kind,
  metadata,
}: KubernetesObject): Violation[] {
  return [
    ...nameViolations(kind, metadata.name),
    ...labelsViolations(metadata.labels ?? {}, 'metadata.labels'),
  ];
}

function nameViolations(kind: string, name: string): Violation[] {
  const parts = name.split('.');
  const service = kind === 'Service';
  const pattern = service
    ? SERVICE_NAME.test(name)
    : parts.every(part => DNS_LABEL.test(part));
  const limit = service ? 63 : 253;
  if (pattern && name.length <= limit) {
    return [];
  }
  const words = pattern
    ? `must be no more than ${limit} bytes`
    : (service && SERVICE_NAME_WORDS) || SUBDOMAIN_WORDS;
  return [
    fieldViolation(
      'object-name',
      'its name must consist of lower-case letters, digits and "-", and start and end with a letter or digit.',
      `metadata.name: Invalid value: ${JSON.stringify(name)}: ${words}`,
    ),
  ];
}

/** @param field - path of the labels, for example `spec.template.metadata.labels` */
export function labelsViolations(
  labels: Record<string, string>,
  field: string,
): Violation[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isLabelName(key)
      ? []
      : [
          fieldViolation(
            'label-name',
            `"${key}" is not a valid label name. Write a name, or prefix/name, of letters, digits, "-", "_" and ".".`,
            `${field}: Invalid value: ${JSON.stringify(
              key,
            )}: ${LABEL_NAME_WORDS}`,
          ),
        ]),
    ...(LABEL_VALUE.test(value) && value.length <= 63
      ? []
      : [
          fieldViolation(
            'label-value',
            `the value of the label ${key} is not valid. Use at most 63 letters, digits, "-", "_" and ".", or an annotation.`,
            `${field}: Invalid value: ${JSON.stringify(value)}: ${
              value.length > 63
                ? 'must be no more than 63 bytes'
                : LABEL_VALUE_WORDS
            }`,
          ),
        ]),
  ]);
}

function isLabelName(key: string): boolean {
  const [name, prefix] = key.split('/').reverse();
  return (
    LABEL_NAME.test(name) &&
    name.length <= 63 &&
    key.split('/').length <= 2 &&
    (prefix === undefined ||
      prefix.split('.').every(part => DNS_LABEL.test(part)))
  );
}
