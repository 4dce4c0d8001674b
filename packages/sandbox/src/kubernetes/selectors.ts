import {
  type KubernetesObject,
  isFields,
  field,
  items,
  text,
} from './KubernetesObject';
import { badRequest } from './StatusError';
import type { ResourceType } from './ResourceType';

export type ObjectPredicate = (object: KubernetesObject) => boolean;

const LABEL_NAME = String.raw`[A-Za-z0-9]([A-Za-z0-9_./-]*[A-Za-z0-9])?`;
const LABEL_VALUE = String.raw`([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?`;
const EQUALITY = new RegExp(
  `^(?<name>${LABEL_NAME})\\s*(?<operator>==|=|!=)\\s*(?<value>${LABEL_VALUE})$`,
);
const SET = new RegExp(
  `^(?<name>${LABEL_NAME})\\s+(?<operator>in|notin)\\s*\\((?<values>[^()]*)\\)$`,
);
const EXISTS = new RegExp(`^(?<not>!?)\\s*(?<name>${LABEL_NAME})$`);

/** Parses a label selector. @throws StatusError (400) when it is malformed. */
export function parseLabelSelector(
  selector: string | undefined,
): ObjectPredicate {
  // Commas in parentheses separate the values of a set-based requirement.
  const matchers = (selector ?? '')
    .split(/,(?![^()]*\))/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(parseRequirement);
  return object => {
    const labels = object.metadata.labels ?? {};
    return matchers.every(matches => matches(labels));
  };
}

function parseRequirement(
  requirement: string,
): (labels: Record<string, string>) => boolean {
  const equality = EQUALITY.exec(requirement)?.groups;
  if (equality) {
    const { name, operator, value } = equality;
    return labels => (labels[name] === value) === (operator !== '!=');
  }
  const set = SET.exec(requirement)?.groups;
  if (set) {
    const values = set.values.split(',').map(value => value.trim());
    return labels =>
      (labels[set.name] !== undefined && values.includes(labels[set.name])) ===
      (set.operator === 'in');
  }
  const exists = EXISTS.exec(requirement)?.groups;
  if (exists) {
    return labels =>
      (labels[exists.name] !== undefined) === (exists.not === '');
  }
  throw badRequest(
    `unable to parse requirement: ${JSON.stringify(requirement)}`,
  );
}

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

const METADATA_FIELDS = ['metadata.name', 'metadata.namespace'];

/** Supported field selectors by kind, besides name and namespace. */
const FIELD_SELECTORS: Record<string, string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Job: ['status.successful'],
  Secret: ['type'],
  ReplicaSet: ['status.replicas'],
};

/** Parses a field selector. @throws StatusError (400) for a field that the type does not support. */
export function parseFieldSelector(
  type: ResourceType,
  selector: string | undefined,
): ObjectPredicate {
  const supported = [...METADATA_FIELDS, ...(FIELD_SELECTORS[type.kind] ?? [])];
  const requirements = (selector ?? '')
    .split(',')
    .filter(Boolean)
    .map(part => {
      const match = /^(?<path>[^=!]+)(?<operator>==|!=|=)(?<value>.*)$/.exec(
        part,
      )?.groups;
      if (!match) {
        throw badRequest(
          `invalid selector: '${part}'; can't understand '${part}'`,
        );
      }
      if (!supported.includes(match.path)) {
        throw badRequest(
          type.custom || FIELD_SELECTORS[type.kind]
            ? `field label not supported: ${match.path}`
            : `"${match.path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
        );
      }
      return match;
    });
  return object =>
    requirements.every(({ path, operator, value }) => {
      const actual =
        path === 'source'
          ? text(object, 'source.component')
          : text(object, path, path === 'spec.unschedulable' ? 'false' : '');
      return (actual === value) === (operator !== '!=');
    });
}
