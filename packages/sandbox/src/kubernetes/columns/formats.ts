import {
  type KubernetesObject,
  field,
  isFields,
  items,
  text,
} from '../KubernetesObject';

/** Formats labels as `a=b,c=d`, or `<none>`. */
export function formatLabels(labels: unknown): string {
  const pairs = isFields(labels) ? Object.entries(labels) : [];
  return orNone(pairs.map(([name, value]) => `${name}=${value}`).sort());
}

/** Formats a label selector as kubectl does. */
export function formatSelector(selector: unknown): string {
  const labels = field(selector, 'matchLabels');
  const equal = isFields(labels)
    ? Object.entries(labels).map(([name, value]) => `${name}=${value}`)
    : [];
  const expressions = items(selector, 'matchExpressions').map(expression => {
    const name = text(expression, 'key');
    const operator = text(expression, 'operator');
    if (operator === 'Exists' || operator === 'DoesNotExist') {
      return operator === 'Exists' ? name : `!${name}`;
    }
    const values = field(expression, 'values');
    const set = Array.isArray(values) ? values.join(',') : '';
    return `${name} ${operator === 'In' ? 'in' : 'notin'} (${set})`;
  });
  return orNone([...equal, ...expressions].sort());
}

export function orNone(parts: string[]): string {
  return parts.length ? parts.join(',') : '<none>';
}

/** Creates a column value: one field of all containers of a pod template. */
export function containerFields(templatePath: string, name: string) {
  return (object: KubernetesObject) =>
    items(object, `${templatePath}.spec.containers`)
      .map(container => text(container, name))
      .join(',');
}
