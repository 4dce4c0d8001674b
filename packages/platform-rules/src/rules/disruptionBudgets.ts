import type { Violation } from '../Violation';
import { oneOf, OMITTED } from './errors';
import type { Field } from './Field';
import { selectorViolations } from './labels';
import { atMostAll, countOrPercentage } from './strategies';

/** @see kubernetes `ValidatePodDisruptionBudgetSpec` of `pkg/apis/policy/validation` */
export function disruptionBudgetViolations(spec: Field): Violation[] {
  const minAvailable = spec.at('minAvailable');
  const maxUnavailable = spec.at('maxUnavailable');
  return [
    ...(minAvailable.isSet && maxUnavailable.isSet
      ? [
          {
            code: 'disruption-budget-both',
            advice:
              'minAvailable and maxUnavailable are both set. Remove one of them.',
            server: {
              phase: 'validation' as const,
              text: `spec: Invalid value: ${OMITTED}: minAvailable and maxUnavailable cannot be both set`,
            },
          },
        ]
      : []),
    ...[minAvailable, maxUnavailable].flatMap(field => [
      ...countOrPercentage(field),
      ...atMostAll(field),
    ]),
    ...selectorViolations(spec.at('selector')),
    ...oneOf(spec.at('unhealthyPodEvictionPolicy'), [
      'AlwaysAllow',
      'IfHealthyBudget',
    ]),
  ];
}
