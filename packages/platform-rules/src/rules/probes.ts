import type { Violation } from '../Violation';
import { forbidden, invalid, nonNegative, oneOf, required } from './errors';
import type { Field } from './Field';
import { formatted, headerName, portNumber, portNumberOrName } from './formats';

type ProbeType = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

export const PROBES: ProbeType[] = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
];

/** @see kubernetes `validateProbe` of `pkg/apis/core/validation` */
export function probeViolations(
  container: Field,
  type: ProbeType,
): Violation[] {
  const probe = container.at(type);
  if (!probe.isSet) {
    return [];
  }
  const threshold = probe.at('successThreshold');
  const grace = probe.at('terminationGracePeriodSeconds');
  return [
    ...handlerViolations(probe, ['exec', 'httpGet', 'tcpSocket', 'grpc']),
    ...[
      'initialDelaySeconds',
      'timeoutSeconds',
      'periodSeconds',
      'successThreshold',
      'failureThreshold',
    ].flatMap(name => nonNegative(probe.at(name))),
    ...(grace.number !== undefined && grace.number <= 0
      ? [invalid(grace, 'must be greater than 0')]
      : []),
    ...(type !== 'readinessProbe' && (threshold.number || 1) !== 1
      ? [
          invalid(threshold, 'must be 1', {
            code: 'probe-success-threshold',
            advice: `${threshold.path} must be 1: only a readiness probe can require several successes.`,
          }),
        ]
      : []),
    ...(type === 'readinessProbe' && grace.isSet
      ? [invalid(grace, 'must not be set for readinessProbes')]
      : []),
  ];
}

export function lifecycleViolations(
  lifecycle: Field,
  gracePeriod: number,
): Violation[] {
  return ['postStart', 'preStop']
    .map(name => lifecycle.at(name))
    .filter(handler => handler.isSet)
    .flatMap(handler =>
      handlerViolations(
        handler,
        ['exec', 'httpGet', 'tcpSocket', 'sleep'],
        gracePeriod,
      ),
    );
}

function handlerViolations(
  parent: Field,
  types: string[],
  gracePeriod = 0,
): Violation[] {
  const [first, ...others] = types
    .map(type => parent.at(type))
    .filter(handler => handler.isSet);
  if (!first) {
    return [
      required(parent, 'must specify a handler type', {
        code: 'handler-missing',
        advice: `${parent.path} does not say what to do. Add ${types.join(
          ' or ',
        )}.`,
      }),
    ];
  }
  return [
    ...actionViolations(first, gracePeriod),
    ...others.map(other =>
      forbidden(other, 'may not specify more than 1 handler type', {
        code: 'handler-twice',
        advice: `${parent.path} has two handlers. Remove ${first.path} or ${other.path}.`,
      }),
    ),
  ];
}

function actionViolations(action: Field, gracePeriod: number): Violation[] {
  switch (action.path.split('.').at(-1)) {
    case 'exec':
      return action.at('command').items.length > 0
        ? []
        : [required(action.at('command'))];
    case 'httpGet':
      return [
        ...portNumberOrName(action.at('port')),
        ...oneOf(action.at('scheme'), ['HTTP', 'HTTPS']),
        ...action
          .at('httpHeaders')
          .items.flatMap(header =>
            formatted(
              header.at('name').or('').named(action.at('httpHeaders').path),
              headerName,
            ),
          ),
      ];
    case 'tcpSocket':
      return portNumberOrName(action.at('port'));
    case 'grpc':
      return portNumber(action.at('port'));
    default: {
      const seconds = action.at('seconds').number ?? 0;
      return seconds < 0 || seconds > gracePeriod
        ? [
            invalid(
              action.withValue(seconds),
              `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`,
              { code: 'sleep-over-grace-period' },
            ),
          ]
        : [];
    }
  }
}
