import type { Violation } from '../Violation';
import {
  OMITTED,
  duplicate,
  invalid,
  nonNegative,
  oneOf,
  required,
} from './errors';
import type { Field } from './Field';
import { formatted, qualifiedName } from './formats';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const STATUSES = ['False', 'True', 'Unknown'];

export function failurePolicyViolations(spec: Field): Violation[] {
  const template = spec.at('template', 'spec');
  const names = ['containers', 'initContainers'].flatMap(list =>
    template.at(list).items.map(container => container.at('name').text ?? ''),
  );
  return spec.at('podFailurePolicy', 'rules').items.flatMap(rule => {
    const codes = rule.at('onExitCodes');
    const conditions = rule.at('onPodConditions').items;
    return [
      ...actionViolations(rule.at('action'), spec),
      ...(codes.isSet ? exitCodeViolations(codes, names) : []),
      ...conditions.flatMap(condition => [
        ...formatted(condition.at('type').or(''), qualifiedName),
        ...oneOf(condition.at('status'), STATUSES),
      ]),
      ...(codes.isSet === conditions.length > 0
        ? [
            withoutValue(
              rule,
              codes.isSet
                ? 'specifying both OnExitCodes and OnPodConditions is not supported'
                : 'specifying one of OnExitCodes and OnPodConditions is required',
            ),
          ]
        : []),
    ];
  });
}

function withoutValue({ path }: Field, words: string): Violation {
  return {
    code: 'failure-policy-rule',
    advice: `${path}: ${words}.`,
    server: { phase: 'validation', text: `${path}: Invalid value: ${words}` },
  };
}

function actionViolations(action: Field, spec: Field): Violation[] {
  if (!action.text) {
    const values = ACTIONS.map(text => JSON.stringify(text)).join(' ');
    return [required(action, `valid values: [${values}]`)];
  }
  return action.text === 'FailIndex' && !spec.at('backoffLimitPerIndex').isSet
    ? [invalid(action, 'requires the backoffLimitPerIndex to be set')]
    : oneOf(action, ACTIONS);
}

function exitCodeViolations(codes: Field, names: string[]): Violation[] {
  const operator = codes.at('operator');
  const container = codes.at('containerName');
  const values = codes.at('values');
  const numbers = values.items.map(({ number }) => number ?? 0);
  return [
    ...(operator.text
      ? oneOf(operator, ['In', 'NotIn'])
      : [required(operator, 'valid values: ["In" "NotIn"]')]),
    ...(container.isSet && !names.includes(container.text ?? '')
      ? [
          invalid(
            container,
            'must be one of the container or initContainer names in the pod template',
          ),
        ]
      : []),
    ...(numbers.length === 0
      ? [invalid(values, 'at least one value is required')]
      : []),
    ...values.items.flatMap((value, index) => [
      ...(operator.text === 'In' && value.number === 0
        ? [invalid(value, 'must not be 0 for the In operator')]
        : []),
      ...(numbers.indexOf(value.number ?? 0) < index ? [duplicate(value)] : []),
    ]),
    ...(numbers.some((number, index) => number < numbers[index - 1])
      ? [invalid(values, 'must be ordered')]
      : []),
  ];
}

export function successPolicyViolations(
  spec: Field,
  isIndexed: boolean,
): Violation[] {
  const policy = spec.at('successPolicy');
  const rules = policy.at('rules');
  if (!policy.isSet) {
    return [];
  }
  if (!isIndexed) {
    return [
      {
        code: 'job-not-indexed',
        advice: 'successPolicy needs completionMode: Indexed.',
        server: {
          phase: 'validation',
          text: `${policy.path}: Invalid value: ${OMITTED}: requires indexed completion mode`,
        },
      },
    ];
  }
  const completions = spec.at('completions').number ?? 1;
  return [
    ...(rules.items.length === 0
      ? [
          required(
            rules,
            'at least one rules must be specified when the successPolicy is specified',
          ),
        ]
      : []),
    ...rules.items.flatMap(rule => {
      const count = rule.at('succeededCount');
      return [
        ...(count.isSet || rule.at('succeededIndexes').isSet
          ? []
          : [
              required(
                rule,
                'at least one of succeededCount or succeededIndexes must be specified',
              ),
            ]),
        ...nonNegative(count),
        ...((count.number ?? 0) > completions
          ? [
              invalid(
                count,
                `must be less than or equal to ${completions} (the number of specified completions)`,
              ),
            ]
          : []),
      ];
    }),
  ];
}
