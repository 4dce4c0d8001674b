import { type KubernetesObject, text } from './KubernetesObject';
import { apiVersion, type ResourceType } from './ResourceType';
import type { ObjectPredicate } from './selectors';
import { badRequest } from './StatusError';

type FieldValue = string | ((object: KubernetesObject) => string);

/** Selectable fields of types without a table of their own. */
const METADATA_FIELDS = ['metadata.name', 'metadata.namespace'];

const podFields: Record<string, FieldValue> = {
  'metadata.name': 'metadata.name',
  'metadata.namespace': 'metadata.namespace',
  'spec.nodeName': 'spec.nodeName',
  'spec.host': 'spec.nodeName',
  'spec.restartPolicy': 'spec.restartPolicy',
  'spec.schedulerName': 'spec.schedulerName',
  'spec.serviceAccountName': 'spec.serviceAccountName',
  'spec.hostNetwork': pod => text(pod, 'spec.hostNetwork', 'false'),
  'status.phase': 'status.phase',
  'status.podIP': 'status.podIP',
  'status.podIPs': 'status.podIP',
  'status.nominatedNodeName': 'status.nominatedNodeName',
};

const eventFields = (involved: string, controller: string) => ({
  'metadata.name': 'metadata.name',
  'metadata.namespace': 'metadata.namespace',
  ...Object.fromEntries(
    [
      'kind',
      'namespace',
      'name',
      'uid',
      'apiVersion',
      'resourceVersion',
      'fieldPath',
    ].map(name => [`${involved}.${name}`, `involvedObject.${name}`]),
  ),
  reason: 'reason',
  [controller]: 'reportingComponent',
  type: 'type',
});

/**
 * Selectable fields by API version and kind, with the path or function of their value.
 *
 * @see kubernetes/kubernetes v1.36 pkg/apis/{core,batch,events}/v1/conversion.go and ToSelectableFields in pkg/registry
 */
const SELECTABLE_FIELDS: Record<string, Record<string, FieldValue>> = {
  'v1/Pod': podFields,
  'v1/Event': {
    ...eventFields('involvedObject', 'reportingComponent'),
    source: event =>
      text(event, 'source.component') || text(event, 'reportingComponent'),
  },
  'events.k8s.io/v1/Event': eventFields('regarding', 'reportingController'),
  'v1/Namespace': {
    'metadata.name': 'metadata.name',
    'status.phase': 'status.phase',
  },
  'v1/Node': {
    'metadata.name': 'metadata.name',
    'spec.unschedulable': node => text(node, 'spec.unschedulable', 'false'),
  },
  'v1/Secret': {
    'metadata.name': 'metadata.name',
    'metadata.namespace': 'metadata.namespace',
    type: 'type',
  },
  'v1/Service': {
    'metadata.name': 'metadata.name',
    'metadata.namespace': 'metadata.namespace',
    'spec.clusterIP': 'spec.clusterIP',
    'spec.type': 'spec.type',
  },
  'batch/v1/Job': {
    'metadata.name': 'metadata.name',
    'metadata.namespace': 'metadata.namespace',
    'status.successful': job => text(job, 'status.succeeded', '0'),
  },
};

/**
 * Parses a field selector.
 *
 * @throws StatusError (400) for a malformed selector, or a field that the type does not support
 * @see kubernetes/apimachinery v0.36 pkg/fields/selector.go
 */
export function parseFieldSelector(
  type: ResourceType,
  selector: string,
): ObjectPredicate {
  const terms = (selector.match(/(\\.|[^,\\]|\\$)+/gs) ?? [])
    .sort()
    .map(term => parseTerm(selector, term))
    // All terms are parsed before the first field is looked up.
    .map(({ path, ...term }) => ({ ...term, value: valueOf(type, path) }));
  return object =>
    terms.every(({ value, expected, isNegative }) => {
      const actual =
        typeof value === 'string' ? text(object, value) : value(object);
      return (actual === expected) !== isNegative;
    });
}

function parseTerm(selector: string, term: string) {
  const match = /^(?<path>.*?)(?<operator>!=|==|=)(?<value>.*)$/s.exec(
    term,
  )?.groups;
  if (!match) {
    throw badRequest(
      `invalid selector: '${selector}'; can't understand '${term}'`,
    );
  }
  return {
    path: match.path,
    expected: unescapeValue(match.value),
    isNegative: match.operator === '!=',
  };
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.?)|=/gs, (sequence, escaped?: string) => {
    if (sequence === '=') {
      throw badRequest(
        'invalid field selector: unescaped character in value: 61',
      );
    }
    if (!escaped || !['\\', ',', '='].includes(escaped)) {
      throw badRequest(
        `invalid field selector: invalid escape sequence: ${sequence}`,
      );
    }
    return escaped;
  });
}

function valueOf(type: ResourceType, path: string): FieldValue {
  const fields = SELECTABLE_FIELDS[`${apiVersion(type)}/${type.kind}`];
  if (fields ? Object.hasOwn(fields, path) : METADATA_FIELDS.includes(path)) {
    return fields?.[path] ?? path;
  }
  if (type.kind === 'Job') {
    throw badRequest(
      `field label ${JSON.stringify(path)} not supported for Job`,
    );
  }
  throw badRequest(
    fields || type.custom
      ? `field label not supported: ${path}`
      : `${JSON.stringify(
          path,
        )} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}
