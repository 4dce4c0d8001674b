import {
  type KubernetesObject,
  isFields,
  field,
  items,
  text,
} from './KubernetesObject';

export type ObjectPredicate = (object: KubernetesObject) => boolean;

/** Matches labels against a `metav1.LabelSelector`. An empty selector matches everything, a missing one nothing. */
export function selectorMatches(
  selector: unknown,
  labels: Record<string, string> = {},
): boolean {
  if (!isFields(selector)) {
    return false;
  }
  const equal = field(selector, 'matchLabels');
  return (
    Object.entries(isFields(equal) ? equal : {}).every(
      ([name, value]) => labels[name] === value,
    ) &&
    items(selector, 'matchExpressions').every(expression => {
      const label = labels[text(expression, 'key')];
      const values = field(expression, 'values');
      const contained =
        label !== undefined && Array.isArray(values) && values.includes(label);
      return {
        In: contained,
        NotIn: !contained,
        Exists: label !== undefined,
        DoesNotExist: label === undefined,
      }[text(expression, 'operator')];
    })
  );
}
