import type { KubernetesObject } from './KubernetesObject';
import { parseLabelSelector } from './labelSelector';

const NAME =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('parseLabelSelector', () => {
  const labelSets: Array<Record<string, string>> = [
    { a: '5', tier: 'web' },
    { a: 'x', 'example.com/b': '' },
    { tier: 'db' },
  ];
  const objects = labelSets.map(
    (labels, index): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${index}`,
        labels,
        uid: '',
        resourceVersion: '',
        creationTimestamp: '',
      },
    }),
  );

  it.each([
    ['a', '01'],
    ['!a', '2'],
    ['! a,tier', '2'],
    ['a=5', '0'],
    ['a==5', '0'],
    ['a!=5', '12'],
    ['a in (5, x)', '01'],
    ['a in(5)', '0'],
    ['a notin (5)', '12'],
    ['example.com/b=', '1'],
    ['example.com/b in ()', '1'],
    ['a>4', '0'],
    ['a<4', ''],
    ['', '012'],
  ])('selects by %s', (selector, expected) => {
    const matches = parseLabelSelector(selector);
    expect(
      objects
        .filter(matches)
        .map(({ metadata }) => metadata.name)
        .join(''),
    ).toBe(expected);
  });

  // The messages of kube-apiserver 1.36.3.
  it.each([
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    [
      'a b c',
      "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
    ],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['a=!b', "unable to parse requirement: found '!', expected: identifier"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    [
      'a in (x,!)',
      "unable to parse requirement: found '!', expected: ',', or identifier",
    ],
    [
      'a in (=)',
      "unable to parse requirement: found '=', expected: ',', ')' or identifier",
    ],
    ['-a', `unable to parse requirement: <nil>: Invalid value: "-a": ${NAME}`],
    [
      'x/=c',
      `unable to parse requirement: <nil>: Invalid value: "x/": name part must be non-empty; ${NAME}`,
    ],
    [
      'a=-b',
      `unable to parse requirement: values[0][a]: Invalid value: "-b": ${VALUE}`,
    ],
    [
      '/a',
      'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty',
    ],
  ])('refuses %s', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(
      expect.objectContaining({ code: 400, reason: 'BadRequest', message }),
    );
  });
});
