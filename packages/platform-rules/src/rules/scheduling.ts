import type { Violation } from '../Violation';
import {
  duplicate,
  forbidden,
  invalid,
  oneOf,
  required,
  unsupported,
} from './errors';
import type { Field } from './Field';
import {
  dnsLabel,
  dnsSubdomain,
  formatted,
  labelValue,
  qualifiedName,
} from './formats';
import { selectorViolations } from './labels';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** @see kubernetes `validateAffinity` of `pkg/apis/core/validation` */
export function affinityViolations(affinity: Field): Violation[] {
  const node = affinity.at('nodeAffinity');
  const terms = node.at(REQUIRED, 'nodeSelectorTerms');
  return [
    ...(node.at(REQUIRED).isSet && terms.items.length === 0
      ? [required(terms, 'must have at least one node selector term')]
      : []),
    ...terms.items.flatMap(term => nodeTermViolations(term, true)),
    ...node
      .at(PREFERRED)
      .items.flatMap(item => [
        ...weightViolations(item),
        ...nodeTermViolations(item.at('preference'), false),
      ]),
    ...['podAffinity', 'podAntiAffinity']
      .map(name => affinity.at(name))
      .flatMap(pods => [
        ...pods.at(REQUIRED).items.flatMap(podTermViolations),
        ...pods
          .at(PREFERRED)
          .items.flatMap(item => [
            ...weightViolations(item),
            ...podTermViolations(item.at('podAffinityTerm')),
          ]),
      ]),
  ];
}

function weightViolations(item: Field): Violation[] {
  const weight = item.at('weight').or(0);
  const value = weight.number ?? 0;
  return value < 1 || value > 100
    ? [invalid(weight, 'must be in the range 1-100')]
    : [];
}

function nodeTermViolations(term: Field, withValues: boolean): Violation[] {
  return [
    ...term
      .at('matchExpressions')
      .items.flatMap(requirement => [
        ...requirementViolations(requirement),
        ...formatted(requirement.at('key').or(''), qualifiedName),
        ...(withValues ? requirement.at('values').items : []).flatMap(value =>
          formatted(value, labelValue),
        ),
      ]),
    ...term.at('matchFields').items.flatMap(fieldViolations),
  ];
}

function requirementViolations(requirement: Field): Violation[] {
  const values = requirement.at('values');
  const count = values.items.length;
  switch (requirement.at('operator').text) {
    case 'In':
    case 'NotIn':
      return count > 0
        ? []
        : [
            required(
              values,
              "must be specified when `operator` is 'In' or 'NotIn'",
            ),
          ];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? []
        : [
            forbidden(
              values,
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            ),
          ];
    case 'Gt':
    case 'Lt':
      return count === 1
        ? []
        : [
            required(
              values,
              "must be specified single value when `operator` is 'Lt' or 'Gt'",
            ),
          ];
    default:
      return [
        invalid(
          requirement.at('operator').or(''),
          'not a valid selector operator',
        ),
      ];
  }
}

function fieldViolations(requirement: Field): Violation[] {
  const operator = requirement.at('operator').or('');
  const key = requirement.at('key').or('');
  const values = requirement.at('values');
  const isKnown = ['In', 'NotIn'].includes(operator.text ?? '');
  return [
    ...(isKnown ? [] : [invalid(operator, 'not a valid selector operator')]),
    ...(isKnown && values.items.length !== 1
      ? [
          required(
            values,
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
          ),
        ]
      : []),
    ...(key.text === 'metadata.name'
      ? values.items.flatMap(value => formatted(value, dnsSubdomain))
      : [invalid(key, 'not a valid field selector key')]),
  ];
}

function podTermViolations(term: Field): Violation[] {
  const key = term.at('topologyKey').or('');
  return [
    ...selectorViolations(term.at('labelSelector')),
    ...selectorViolations(term.at('namespaceSelector')),
    ...term
      .at('namespaces')
      .items.flatMap(name =>
        formatted(name.named(`${term.path}.namespace`), dnsLabel),
      ),
    ...labelKeyViolations(term),
    ...(key.text ? [] : [required(key, 'can not be empty')]),
    ...formatted(key, qualifiedName),
  ];
}

function labelKeyViolations(term: Field): Violation[] {
  return ['matchLabelKeys', 'mismatchLabelKeys'].flatMap(name => {
    const keys = term.at(name);
    if (keys.items.length > 0 && !term.at('labelSelector').isSet) {
      return [
        forbidden(keys, 'must not be specified when labelSelector is not set'),
      ];
    }
    return keys.items.flatMap(key => formatted(key, qualifiedName));
  });
}

/** @see kubernetes `validateTopologySpreadConstraints` of `pkg/apis/core/validation` */
export function spreadViolations(constraints: Field): Violation[] {
  return constraints.items.flatMap((constraint, index) => {
    const skew = constraint.at('maxSkew').or(0);
    const action = constraint.at('whenUnsatisfiable').or('');
    const key = constraint.at('topologyKey').or('');
    const domains = constraint.at('minDomains');
    const isTwice = constraints.items
      .slice(index + 1)
      .some(
        other =>
          other.at('topologyKey').text === key.text &&
          other.at('whenUnsatisfiable').text === action.text,
      );
    const pair = constraint
      .at('{topologyKey, whenUnsatisfiable}')
      .withValue(`{${key.text}, ${action.text}}`);
    return [
      ...((skew.number ?? 0) > 0
        ? []
        : [invalid(skew, 'must be greater than zero')]),
      ...(key.text ? [] : [required(key, 'can not be empty')]),
      ...oneOf(action, ['DoNotSchedule', 'ScheduleAnyway']),
      ...(isTwice
        ? [
            duplicate(pair, {
              advice: `${constraints.path} has two constraints for ${key.text} with ${action.text}. Remove one.`,
            }),
          ]
        : []),
      ...(domains.number !== undefined && domains.number <= 0
        ? [invalid(domains, 'must be greater than zero')]
        : []),
      ...(domains.isSet && action.text !== 'DoNotSchedule'
        ? [
            invalid(
              domains,
              `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action.text}`,
            ),
          ]
        : []),
      ...oneOf(constraint.at('nodeAffinityPolicy'), ['Honor', 'Ignore']),
      ...oneOf(constraint.at('nodeTaintsPolicy'), ['Honor', 'Ignore']),
      ...labelKeyViolations(constraint),
      ...selectorViolations(constraint.at('labelSelector')),
    ];
  });
}

/** @see kubernetes `ValidateTolerations` of `pkg/apis/core/validation` */
export function tolerationViolations(tolerations: Field): Violation[] {
  return tolerations.items.flatMap(toleration => {
    const key = toleration.at('key');
    const operator = toleration.at('operator').or('');
    const value = toleration.at('value').or('').named(operator.path);
    const effect = toleration.at('effect');
    return [
      ...(key.text ? formatted(key, qualifiedName) : []),
      ...(!key.text && operator.text !== 'Exists'
        ? [
            invalid(
              operator,
              'operator must be Exists when `key` is empty, which means "match all values and all keys"',
            ),
          ]
        : []),
      ...(toleration.at('tolerationSeconds').isSet &&
      effect.text !== 'NoExecute'
        ? [
            invalid(
              effect.or(''),
              "effect must be 'NoExecute' when `tolerationSeconds` is set",
            ),
          ]
        : []),
      ...valueViolations(operator, value),
      ...(effect.text
        ? oneOf(effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
        : []),
    ];
  });
}

function valueViolations(operator: Field, value: Field): Violation[] {
  switch (operator.text) {
    case '':
    case 'Equal':
      return formatted(value, labelValue);
    case 'Exists':
      return value.text
        ? [invalid(value, "value must be empty when `operator` is 'Exists'")]
        : [];
    default:
      return [unsupported(operator, ['Equal', 'Exists'])];
  }
}
