import { canonicalQuantity, nanosOf } from '../quantities';
import type { Violation } from '../Violation';
import { forbidden, invalid, oneOf, required, unsupported } from './errors';
import type { Field } from './Field';
import { dnsLabel, formatted, pathSegment, requiredFormat } from './formats';
import { asQuantity } from './resources';

/** Fields of a metric by its type. */
const SOURCES: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;

/** @see kubernetes `validateHorizontalPodAutoscalerSpec` of `pkg/apis/autoscaling/validation` */
export function autoscalerViolations(spec: Field): Violation[] {
  const min = spec.at('minReplicas');
  const max = spec.at('maxReplicas').or(0);
  const lowest = min.number ?? 1;
  const metrics = spec.at('metrics');
  return [
    ...(min.number !== undefined && min.number < 1
      ? [invalid(min, 'must be greater than or equal to 1')]
      : []),
    ...maximumViolations(max),
    ...((max.number ?? 0) < lowest
      ? [
          invalid(max, 'must be greater than or equal to `minReplicas`', {
            code: 'autoscaler-range',
            advice: `maxReplicas is ${max.number}, less than minReplicas.`,
          }),
        ]
      : []),
    ...referenceViolations(spec.at('scaleTargetRef'), false),
    ...metrics.items.flatMap(metricViolations),
    ...(min.number === 0 &&
    !metrics.items.some(metric =>
      ['Object', 'External'].includes(metric.at('type').text ?? ''),
    )
      ? [
          forbidden(
            metrics,
            'must specify at least one Object or External metric to support scaling to zero replicas',
          ),
        ]
      : []),
    ...['scaleUp', 'scaleDown'].flatMap(name =>
      scalingViolations(spec.at('behavior', name)),
    ),
  ];
}

function maximumViolations(max: Field): Violation[] {
  if (max.number === 0) {
    return [required(max, 'must be set and greater than 0')];
  }
  return (max.number ?? 1) < 0
    ? [invalid(max, 'must be greater than or equal to 1')]
    : [];
}

function referenceViolations(
  reference: Field,
  allowsCore: boolean,
): Violation[] {
  const version = reference.at('apiVersion').or('');
  const parts = version.text?.split('/') ?? [];
  return [
    ...requiredFormat(reference.at('kind'), pathSegment),
    ...requiredFormat(reference.at('name'), pathSegment),
    ...(parts.length > 2
      ? [invalid(version, `unexpected GroupVersion string: ${version.text}`)]
      : []),
    ...(parts.length < 2 && !allowsCore
      ? [
          invalid(version, 'apiVersion must specify API group', {
            code: 'scale-target-version',
            advice: `${version.path} must name an API group, for example apps/v1.`,
          }),
        ]
      : []),
  ];
}

function metricViolations(metric: Field): Violation[] {
  const type = metric.at('type').or('');
  const types = Object.keys(SOURCES);
  const expected = Object.hasOwn(SOURCES, type.text ?? '')
    ? SOURCES[type.text ?? '']
    : undefined;
  const present = [
    'object',
    'external',
    'pods',
    'resource',
    'containerResource',
  ]
    .map(name => metric.at(name))
    .filter(source => source.isSet);
  return [
    ...(type.text ? [] : [required(type, 'must specify a metric source type')]),
    ...(expected ? [] : [unsupported(type, types)]),
    ...present.slice(0, 1).flatMap(sourceViolations),
    ...(expected && !metric.at(expected).isSet
      ? [
          required(
            metric.at(expected),
            'must populate information for the given metric source',
          ),
        ]
      : []),
    ...(present.length > 1
      ? present
          .filter(source => source.path !== metric.at(expected ?? '').path)
          .map(source =>
            forbidden(source, 'must populate the given metric source only'),
          )
      : []),
  ];
}

function sourceViolations(source: Field): Violation[] {
  const target = source.at('target');
  const average = target.at('averageValue');
  const resourceName = source.at('name').text
    ? []
    : [required(source.at('name'), 'must specify a resource name')];
  switch (source.path.split('.').at(-1)) {
    case 'object':
      return [
        ...referenceViolations(source.at('describedObject'), true),
        ...identifierViolations(source.at('metric')),
        ...targetViolations(target),
        ...requiredChoice(
          average,
          target.at('value'),
          'must set either a target value or averageValue',
        ),
      ];
    case 'external':
      return [
        ...identifierViolations(source.at('metric')),
        ...targetViolations(target),
        ...requiredChoice(
          average,
          target.at('value'),
          'must set either a target value for metric or a per-pod target',
        ),
        ...exclusive(
          average,
          target.at('value'),
          'may not set both a target value for metric and a per-pod target',
        ),
      ];
    case 'pods':
      return [
        ...identifierViolations(source.at('metric')),
        ...targetViolations(target),
        ...(average.isSet
          ? []
          : [required(average, 'must specify a positive target averageValue')]),
      ];
    case 'containerResource':
      return [
        ...resourceName,
        ...(source.at('container').text
          ? formatted(source.at('container'), dnsLabel)
          : [required(source.at('container'), 'must specify a container')]),
        ...targetViolations(target),
        ...utilizationViolations(target),
      ];
    default:
      return [
        ...resourceName,
        ...targetViolations(target),
        ...utilizationViolations(target),
      ];
  }
}

function identifierViolations(identifier: Field): Violation[] {
  const name = identifier.at('name');
  return name.text
    ? formatted(name, pathSegment)
    : [required(name, 'must specify a metric name')];
}

function utilizationViolations(target: Field): Violation[] {
  const [utilization, value] = [
    target.at('averageUtilization'),
    target.at('averageValue'),
  ];
  return [
    ...requiredChoice(
      utilization,
      value,
      'must set either a target raw value or a target utilization',
    ),
    ...exclusive(
      utilization,
      value,
      'may not set both a target raw value and a target utilization',
    ),
  ];
}

/** One of two fields; the error names the first. */
function requiredChoice(
  field: Field,
  other: Field,
  detail: string,
): Violation[] {
  return field.isSet || other.isSet ? [] : [required(field, detail)];
}

/** Not both of two fields; the error names the second. */
function exclusive(field: Field, other: Field, detail: string): Violation[] {
  return field.isSet && other.isSet ? [forbidden(other, detail)] : [];
}

function targetViolations(target: Field): Violation[] {
  const type = target.at('type').or('');
  const utilization = target.at('averageUtilization');
  return [
    ...(type.text ? [] : [required(type, 'must specify a metric target type')]),
    ...(['Utilization', 'Value', 'AverageValue'].includes(type.text ?? '')
      ? []
      : [invalid(type, 'must be either Utilization, Value, or AverageValue')]),
    ...['value', 'averageValue']
      .map(name => target.at(name))
      .filter(field => field.isSet && (nanosOf(asQuantity(field)) ?? 1n) <= 0n)
      .map(field =>
        invalid(
          field.withValue(canonicalQuantity(asQuantity(field))),
          'must be positive',
        ),
      ),
    ...(utilization.number !== undefined && utilization.number < 1
      ? [invalid(utilization, 'must be greater than 0')]
      : []),
  ];
}

function scalingViolations(rules: Field): Violation[] {
  const window = rules.at('stabilizationWindowSeconds');
  const policies = rules.at('policies');
  return [
    ...((window.number ?? 0) < 0
      ? [invalid(window, 'must be greater than or equal to zero')]
      : []),
    ...((window.number ?? 0) > MAX_WINDOW_SECONDS
      ? [invalid(window, `must be less than or equal to ${MAX_WINDOW_SECONDS}`)]
      : []),
    ...oneOf(rules.at('selectPolicy'), ['Disabled', 'Max', 'Min']),
    // Absent policies have defaults.
    ...(policies.isSet && policies.items.length === 0
      ? [required(policies, 'must specify at least one Policy')]
      : []),
    ...policies.items.flatMap(policyViolations),
  ];
}

function policyViolations(policy: Field): Violation[] {
  const period = policy.at('periodSeconds').or(0);
  return [
    ...oneOf(policy.at('type').or(''), ['Percent', 'Pods']),
    ...[policy.at('value').or(0), period]
      .filter(field => (field.number ?? 0) <= 0)
      .map(field => invalid(field, 'must be greater than zero')),
    ...((period.number ?? 0) > MAX_PERIOD_SECONDS
      ? [invalid(period, `must be less than or equal to ${MAX_PERIOD_SECONDS}`)]
      : []),
  ];
}
