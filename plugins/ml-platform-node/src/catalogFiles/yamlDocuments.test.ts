import { readYamlDocuments } from './yamlDocuments';

const component = () => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: feature-api

spec:
  type: service
  lifecycle: production
`;

/** Problems, as `Line <number>: <text>`. */
function problemsOf(content: string): string[] {
  return readYamlDocuments(Buffer.from(content)).flatMap(document =>
    'problem' in document
      ? [
          document.problem.line === undefined
            ? document.problem.text
            : `Line ${document.problem.line}: ${document.problem.text}`,
        ]
      : [],
  );
}

describe('readYamlDocuments', () => {
  it('refuses files that take the parser too long, without parsing them', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefghi'].map(
        (key, index) =>
          `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[index]}`)}]`,
      ),
    ].join('\n');
    for (const [content, message] of [
      [bomb, /^Line 1: This YAML cannot be read: Excessive alias count/],
      [
        `${component()}---\nkind: API\na: &a ${'x'.repeat(60_000)}\nb: [${Array(
          50,
        ).fill('*a')}]`,
        /^Line 11: This document is too large with its aliases replaced/,
      ],
      [
        '[[['.repeat(20_000),
        /^Line 1: This is nested more than 32 levels deep/,
      ],
      [
        `a: ${'- '.repeat(50_000)}x`,
        /^Line 1: This is nested more than 32 levels/,
      ],
      [
        `${'? '.repeat(50_000)}x`,
        /^Line 1: This is nested more than 32 levels/,
      ],
      [
        Array.from({ length: 20_000 }, (_, key) => `k${key}: 1`).join('\n'),
        /^Line \d+: The file has too many parts/,
      ],
      [
        '---\na: 1\n'.repeat(200),
        /^Line \d+: The file has more than 50 documents/,
      ],
      [
        `a: ${'x'.repeat(300_000)}`,
        /^The file has 300003 bytes; the limit is 262144/,
      ],
      [
        Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join(
          '\n',
        ),
        /^Line 1: This is nested more than 32 levels/,
      ],
    ] as Array<[string, RegExp]>) {
      expect(problemsOf(content)).toContainEqual(
        expect.stringMatching(message),
      );
    }
  });
});
