import type { Violation } from '../Violation';
import { forbidden, invalid, required } from './errors';
import type { Field } from './Field';
import { formatted, labelValue, qualifiedName } from './formats';

/** Validates the keys and values of labels, or of a map of them in a selector. */
export function labelsViolations(labels: Field): Violation[] {
  return labels.entries.flatMap(([key, value]) => [
    ...keyViolations(labels, key),
    ...labelValue(value.text ?? '').map(words =>
      invalid(value.named(labels.path), words, {
        code: 'label-value',
        advice: `the value of the label ${key} in ${labels.path} is not valid. Use at most 63 letters, digits, "-", "_" and ".", or an annotation.`,
      }),
    ),
  ]);
}

function keyViolations(labels: Field, key: string): Violation[] {
  return qualifiedName(key).map(words =>
    invalid(labels.withValue(key), words, {
      code: 'label-name',
      advice: `"${key}" in ${labels.path} is not a valid label name. Write a name, or prefix/name, of letters, digits, "-", "_" and ".".`,
    }),
  );
}

/** Annotation keys are valid in any case; their values are free. */
export function annotationsViolations(annotations: Field): Violation[] {
  return annotations.entries.flatMap(([key]) =>
    qualifiedName(key.toLowerCase()).map(words =>
      invalid(annotations.withValue(key), words, {
        code: 'annotation-name',
        advice: `"${key}" in ${annotations.path} is not a valid annotation name. Write a name, or prefix/name, of letters, digits, "-", "_" and ".".`,
      }),
    ),
  );
}

/** Validates a label selector by itself. */
export function selectorViolations(selector: Field): Violation[] {
  return [
    ...labelsViolations(selector.at('matchLabels')),
    ...selector
      .at('matchExpressions')
      .items.flatMap(expression => [
        ...operatorViolations(expression),
        ...formatted(expression.at('key').or(''), qualifiedName),
        ...expression
          .at('values')
          .items.flatMap(value => formatted(value, labelValue)),
      ]),
  ];
}

function operatorViolations(expression: Field): Violation[] {
  const values = expression.at('values');
  switch (expression.at('operator').text) {
    case 'In':
    case 'NotIn':
      return values.items.length > 0
        ? []
        : [
            required(
              values,
              "must be specified when `operator` is 'In' or 'NotIn'",
            ),
          ];
    case 'Exists':
    case 'DoesNotExist':
      return values.items.length === 0
        ? []
        : [
            forbidden(
              values,
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            ),
          ];
    default:
      return [
        invalid(
          expression.at('operator').or(''),
          'not a valid selector operator',
        ),
      ];
  }
}

export function isEmptySelector(selector: Field): boolean {
  return (
    selector.at('matchLabels').entries.length === 0 &&
    selector.at('matchExpressions').items.length === 0
  );
}

/** Returns true if a valid selector selects labels. */
export function selects(selector: Field, labels: Field): boolean {
  const valueOf = (key: string) =>
    labels.entries.find(([name]) => name === key)?.[1].text;
  return (
    selector.isSet &&
    selector
      .at('matchLabels')
      .entries.every(([key, value]) => valueOf(key) === value.text) &&
    selector.at('matchExpressions').items.every(expression => {
      const value = valueOf(expression.at('key').text ?? '');
      const isListed =
        value !== undefined && expression.at('values').texts.includes(value);
      switch (expression.at('operator').text) {
        case 'In':
          return isListed;
        case 'NotIn':
          return !isListed;
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
