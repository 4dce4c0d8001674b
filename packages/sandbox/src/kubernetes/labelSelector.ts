import type { KubernetesObject } from './KubernetesObject';
import { integerProblem } from './parseListOptions';
import type { ObjectPredicate } from './selectors';
import { badRequest } from './StatusError';

type Labels = Record<string, string>;

const OPERATORS = ['in', 'notin', '=', '==', '!=', '>', '<'];
const TOKEN = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+|$)/y;
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const CHARACTERS =
  "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

class SelectorParser {
  readonly #tokens: string[];

  constructor(selector: string) {
    this.#tokens = [...selector.matchAll(new RegExp(TOKEN, 'g'))].map(
      ([, token]) => token,
    );
  }

  parse(): Array<(labels: Labels) => boolean> {
    const matchers: Array<(labels: Labels) => boolean> = [];
    while (this.#next !== '') {
      if (!isIdentifier(this.#next) && this.#next !== '!') {
        throw badRequest(
          `found '${this.#next}', expected: !, identifier, or 'end of string'`,
        );
      }
      matchers.push(this.#parseRequirement());
      const separator = this.#take();
      if (separator === ',') {
        if (!isIdentifier(this.#next) && this.#next !== '!') {
          throw badRequest(
            `found '${this.#next}', expected: identifier after ','`,
          );
        }
      } else if (separator !== '') {
        throw badRequest(
          `found '${separator}', expected: ',' or 'end of string'`,
        );
      }
    }
    return matchers;
  }

  get #next(): string {
    return this.#tokens[0] ?? '';
  }

  #take(): string {
    return this.#tokens.shift() ?? '';
  }

  #parseRequirement(): (labels: Labels) => boolean {
    const isAbsent = this.#next === '!';
    if (isAbsent) {
      this.#take();
    }
    const key = this.#take();
    if (!isIdentifier(key)) {
      throw unparsable(`found '${key}', expected: identifier`);
    }
    const problem = keyProblem(key);
    if (problem) {
      throw unparsable(
        `<nil>: Invalid value: ${JSON.stringify(key)}: ${problem}`,
      );
    }
    if (isAbsent) {
      return labels => labels[key] === undefined;
    }
    if (this.#next === '' || this.#next === ',') {
      return labels => labels[key] !== undefined;
    }
    const operator = this.#take();
    if (!OPERATORS.includes(operator)) {
      throw unparsable(
        `found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
      );
    }
    const values = operator.endsWith('in')
      ? this.#parseValues()
      : [this.#parseValue()];
    return createMatcher(key, operator, values);
  }

  #parseValue(): string {
    if (this.#next === '' || this.#next === ',') {
      return '';
    }
    const value = this.#take();
    if (!isIdentifier(value)) {
      throw unparsable(`found '${value}', expected: identifier`);
    }
    return value;
  }

  #parseValues(): string[] {
    const open = this.#take();
    if (open !== '(') {
      throw unparsable(`found '${open}' expected: '('`);
    }
    if (!isIdentifier(this.#next) && this.#next !== ',' && this.#next !== ')') {
      throw unparsable(
        `found '${this.#next}', expected: ',', ')' or identifier`,
      );
    }
    const values: string[] = [];
    for (;;) {
      if (isIdentifier(this.#next)) {
        values.push(this.#take());
      } else if (this.#next === ',' || this.#next === ')') {
        values.push('');
      } else {
        throw unparsable(`found '${this.#next}', expected: ',', or identifier`);
      }
      const separator = this.#take();
      if (separator === ')') {
        return [...new Set(values)].sort();
      }
      if (separator !== ',') {
        throw unparsable(`found '${separator}', expected: ',' or ')'`);
      }
    }
  }
}

/**
 * Parses a label selector.
 *
 * @throws StatusError (400) with the message of the API server
 * @see kubernetes/apimachinery v0.36 pkg/labels/selector.go
 */
export function parseLabelSelector(selector: string): ObjectPredicate {
  const matchers = new SelectorParser(selector).parse();
  return ({ metadata }: KubernetesObject) =>
    matchers.every(matches => matches(metadata.labels ?? {}));
}

function createMatcher(
  key: string,
  operator: string,
  values: string[],
): (labels: Labels) => boolean {
  const isComparison = operator === '>' || operator === '<';
  values.forEach((value, index) => {
    if (isComparison && integerProblem(value, 'Int')) {
      throw unparsable(
        `values[${index}]: Invalid value: ${JSON.stringify(
          value,
        )}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
    const problem = valueProblem(value);
    if (problem) {
      throw unparsable(
        `values[${index}][${key}]: Invalid value: ${JSON.stringify(
          value,
        )}: ${problem}`,
      );
    }
  });
  if (isComparison) {
    return labels => {
      const label = labels[key];
      if (label === undefined || integerProblem(label, 'Int')) {
        return false;
      }
      const [one, other] = [BigInt(label), BigInt(values[0])];
      return operator === '>' ? one > other : one < other;
    };
  }
  const isNegative = operator === '!=' || operator === 'notin';
  return labels =>
    (labels[key] !== undefined && values.includes(labels[key])) !== isNegative;
}

function isIdentifier(token: string): boolean {
  return token !== '' && !/^[=!(),<>]/.test(token);
}

function unparsable(problem: string) {
  return badRequest(`unable to parse requirement: ${problem}`);
}

function keyProblem(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return `a valid label key must consist of ${CHARACTERS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED_NAME}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  const [name, prefix] = parts.reverse();
  if (prefix === '') {
    return 'prefix part must be non-empty';
  }
  if (prefix && !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(prefix)) {
    return "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  }
  const problems: string[] = [];
  if (name === '') {
    problems.push('name part must be non-empty');
  } else if (name.length > 63) {
    problems.push('name part must be no more than 63 bytes');
  }
  if (!new RegExp(`^${QUALIFIED_NAME}$`).test(name)) {
    problems.push(
      `name part must consist of ${CHARACTERS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED_NAME}')`,
    );
  }
  return problems.join('; ') || undefined;
}

function valueProblem(value: string): string | undefined {
  if (value.length > 63) {
    return 'must be no more than 63 bytes';
  }
  return new RegExp(`^(${QUALIFIED_NAME})?$`).test(value)
    ? undefined
    : `a valid label must be an empty string or consist of ${CHARACTERS} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${QUALIFIED_NAME})?')`;
}
