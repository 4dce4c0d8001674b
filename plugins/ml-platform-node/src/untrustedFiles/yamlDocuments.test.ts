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
async function problemsOf(content: string): Promise<string[]> {
  const documents = await readYamlDocuments(Buffer.from(content));
  return documents.flatMap(document =>
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
  it('refuses files that take the parser too long, without parsing them', async () => {
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
        /^Line 858: This document has more than 6000 parts. Make it smaller/,
      ],
      [
        '---\na: 1\n'.repeat(200),
        /^Line \d+: The file has more than 50 documents/,
      ],
      // Scalars that look like the start of a document.
      [
        '- ---\n'.repeat(2_000),
        /^Line \d+: This document has more than 6000 parts/,
      ],
      [
        '\n'.repeat(200_000),
        /^Line 600\d: This document has more than 6000 parts/,
      ],
      [
        Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join(
          '\n',
        ),
        /^Line 1: This is nested more than 32 levels/,
      ],
    ] as Array<[string, RegExp]>) {
      expect(await problemsOf(content)).toContainEqual(
        expect.stringMatching(message),
      );
    }
  });

  it('lets others have the event loop between documents and parts', async () => {
    const document = Array.from({ length: 700 }, (_, key) => `k${key}: 1`);
    const content = Array(40)
      .fill(`---\n${document.join('\n')}\n`)
      .join('');
    let turns = 0;
    let reading = true;
    const count = () => {
      turns += 1;
      if (reading) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    // Every look at the clock takes longer than a slice, so that each place to yield is one.
    let now = 0;
    const clock = jest
      .spyOn(performance, 'now')
      .mockImplementation(() => (now += 1_000));
    const documents = await readYamlDocuments(Buffer.from(content));
    reading = false;
    clock.mockRestore();
    expect(documents).toHaveLength(40);
    expect(turns).toBeGreaterThan(40);
  });
});
