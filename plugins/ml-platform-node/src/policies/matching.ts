import type { MatchResources, Selector } from './policySchemas';
import type { AdmissionContext, AdmissionObject } from './admission';

/** Checks if the match rules of a policy or binding select the creation of an object. */
export function matchesResources(
  match: MatchResources,
  object: AdmissionObject,
  { namespaceLabels }: AdmissionContext,
): boolean {
  // Namespace selectors match a Namespace by its own labels.
  const labels =
    object.kind === 'Namespace'
      ? object.metadata.labels ?? {}
      : namespaceLabels;
  return (
    (match.resourceRules.length === 0 ||
      match.resourceRules.some(rule => ruleMatches(rule, object))) &&
    !match.excludeResourceRules.some(rule => ruleMatches(rule, object)) &&
    selectorMatches(match.namespaceSelector, labels) &&
    selectorMatches(match.objectSelector, object.metadata.labels ?? {})
  );
}

function ruleMatches(
  rule: MatchResources['resourceRules'][number],
  object: AdmissionObject,
): boolean {
  const { group, version } = groupVersionOf(object.apiVersion);
  const has = (list: string[], value: string) =>
    list.includes('*') || list.includes(value);
  return (
    has(rule.apiGroups, group) &&
    has(rule.apiVersions, version) &&
    has(rule.operations, 'CREATE') &&
    has(rule.resources, resourceOf(object.kind)) &&
    (rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(object.metadata.name))
  );
}

function selectorMatches(
  selector: Selector | undefined,
  labels: Record<string, string>,
): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels[key] === value,
    ) &&
    matchExpressions.every(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return key in labels && values.includes(labels[key]);
        case 'NotIn':
          return !(key in labels) || !values.includes(labels[key]);
        case 'Exists':
          return key in labels;
        default:
          return !(key in labels);
      }
    })
  );
}

export function groupVersionOf(apiVersion: string) {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return { group, version };
}

/** Plural resource name of a kind; correct for all kinds that the policies match. */
export function resourceOf(kind: string): string {
  return `${kind.toLowerCase()}s`.replace(/ys$/, 'ies').replace(/sss$/, 'sses');
}
