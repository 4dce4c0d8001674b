import type { Violation } from '../Violation';
import {
  forbidden,
  invalid,
  nonNegative,
  required,
  unsupported,
} from './errors';
import type { Field } from './Field';
import { formatted, percentage } from './formats';

export function deploymentStrategyViolations(strategy: Field): Violation[] {
  const rolling = strategy.at('rollingUpdate');
  const type = strategy.at('type').text ?? 'RollingUpdate';
  if (type === 'Recreate') {
    return rolling.isSet
      ? [
          forbidden(
            rolling,
            "may not be specified when strategy `type` is 'Recreate'",
            {
              code: 'recreate-with-rolling-update',
              advice:
                'strategy is Recreate, which has no rollingUpdate. Remove one of them.',
            },
          ),
        ]
      : [];
  }
  if (type !== 'RollingUpdate') {
    return [
      unsupported(
        strategy.withValue({
          Type: type,
          RollingUpdate: rolling.value ?? null,
        }),
        ['Recreate', 'RollingUpdate'],
        {
          advice: `strategy.type is ${type}. Use RollingUpdate or Recreate.`,
        },
      ),
    ];
  }
  const unavailable = rolling.at('maxUnavailable').or('25%');
  const surge = rolling.at('maxSurge').or('25%');
  return [
    ...countOrPercentage(unavailable),
    ...countOrPercentage(surge),
    ...(amountOf(unavailable) === 0 && amountOf(surge) === 0
      ? [
          invalid(unavailable, 'may not be 0 when `maxSurge` is 0', {
            code: 'rollout-cannot-move',
            advice:
              'maxSurge and maxUnavailable are both 0, so that no pod could be replaced. Raise one of them.',
          }),
        ]
      : []),
    ...atMostAll(unavailable),
  ];
}

export function statefulSetStrategyViolations(strategy: Field): Violation[] {
  const rolling = strategy.at('rollingUpdate');
  const type = strategy.at('type').text ?? 'RollingUpdate';
  const printed = {
    Partition: rolling.at('partition').value ?? 0,
    MaxUnavailable: rolling.at('maxUnavailable').value ?? null,
  };
  if (type === 'OnDelete') {
    return rolling.isSet
      ? [
          invalid(
            rolling.withValue(printed),
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
      : [];
  }
  if (type !== 'RollingUpdate') {
    return [
      invalid(
        strategy.withValue({
          Type: type,
          RollingUpdate: rolling.isSet ? printed : null,
        }),
        "must be 'RollingUpdate' or 'OnDelete'",
        {
          advice: `updateStrategy.type is ${type}. Use RollingUpdate or OnDelete.`,
        },
      ),
    ];
  }
  return nonNegative(rolling.at('partition'));
}

export function daemonSetStrategyViolations(strategy: Field): Violation[] {
  const rolling = strategy.at('rollingUpdate');
  const type = strategy.at('type').text ?? 'RollingUpdate';
  if (type !== 'RollingUpdate') {
    return type === 'OnDelete'
      ? []
      : [
          unsupported(
            strategy.withValue({
              Type: type,
              RollingUpdate: rolling.value ?? null,
            }),
            ['RollingUpdate', 'OnDelete'],
            {
              advice: `updateStrategy.type is ${type}. Use RollingUpdate or OnDelete.`,
            },
          ),
        ];
  }
  const unavailable = rolling.at('maxUnavailable').or(1);
  const surge = rolling.at('maxSurge').or(0);
  const [hasUnavailable, hasSurge] = [unavailable, surge].map(
    field => amountOf(field) !== 0,
  );
  return [
    ...countOrPercentage(unavailable),
    ...countOrPercentage(surge),
    ...atMostAll(unavailable),
    ...atMostAll(surge),
    ...(hasUnavailable && hasSurge
      ? [invalid(surge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...(!hasUnavailable && !hasSurge
      ? [required(unavailable, 'cannot be 0 when maxSurge is 0')]
      : []),
  ];
}

/** A count of at least 0, or a percentage like `25%`. */
export function countOrPercentage(field: Field): Violation[] {
  return field.text === undefined
    ? nonNegative(field)
    : formatted(field, percentage, 'percentage').map(violation => ({
        ...violation,
        advice: `${field.path} is "${field.text}". Write a number without quotes, or a percentage like 25%.`,
      }));
}

export function atMostAll(field: Field): Violation[] {
  return /^\d+%$/.test(field.text ?? '') && parseInt(field.text ?? '', 10) > 100
    ? [invalid(field, 'must not be greater than 100%')]
    : [];
}

function amountOf(field: Field): number {
  return field.number ?? parseInt(field.text ?? '', 10);
}
