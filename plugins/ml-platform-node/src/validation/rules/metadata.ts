import type { KubernetesObject } from '../../kustomize';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Validates names and labels as the API server does. */
export function metadataProblems({
  kind,
  metadata,
}: KubernetesObject): string[] {
  return [
    ...nameProblems(kind, metadata.name),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) =>
      labelProblems(key, value),
    ),
  ];
}

function nameProblems(kind: string, name: string): string[] {
  const parts = name.split('.');
  const valid =
    kind === 'Service'
      ? SERVICE_NAME.test(name) && name.length <= 63
      : parts.every(part => DNS_LABEL.test(part)) && name.length <= 253;
  return valid
    ? []
    : [
        'its name must consist of lower-case letters, digits and "-", and start and end with a letter or digit.',
      ];
}

export function labelProblems(key: string, value: string): string[] {
  const [name, prefix] = key.split('/').reverse();
  const problems = [];
  if (
    !LABEL_NAME.test(name) ||
    name.length > 63 ||
    key.split('/').length > 2 ||
    (prefix !== undefined &&
      !prefix.split('.').every(part => DNS_LABEL.test(part)))
  ) {
    problems.push(
      `"${key}" is not a valid label name. Write a name, or prefix/name, of letters, digits, "-", "_" and ".".`,
    );
  }
  if (!LABEL_VALUE.test(value) || value.length > 63) {
    problems.push(
      `the value of the label ${key} is not valid. Use at most 63 letters, digits, "-", "_" and ".", or an annotation.`,
    );
  }
  return problems;
}
