import { HOST, type HostileKustomization } from './HostileKustomization';

const URL = `http://${HOST}/object.yaml`;

const MERGE = 'Merge keys ("<<") are not read. Write the fields out.';
const ANCHOR = 'Anchors are not read. Write the value where it is used.';
const TAG = 'Tags are not read. Write the value without its tag.';
const DIRECTIVE =
  'Directives are not read. Remove the line that starts with "%".';
const SEPARATOR =
  'A line that starts with "---" or "..." separates documents, and not all programs read the rest of it. Write "---" on a line of its own.';
const character = (code: string) =>
  `The file contains the character U+${code}, which not all programs read alike. Save it as UTF-8 text without control characters, with plain line breaks.`;
const LIMIT =
  'The file has more than 50000 parts or is nested more than 32 levels deep. Make it smaller.';

/** Text that parsers of YAML read in different ways, or that costs them too much. */
export const hostileTexts: HostileKustomization[] = [
  ...(
    [
      ['a merge key', `<<: {resources: [${URL}]}`, 1, MERGE],
      ['a quoted merge key', `"<<": {resources: [${URL}]}`, 1, MERGE, false],
      ['a nested merge key', `patches:\n  - <<: {path: '${URL}'}`, 2, MERGE],
      [
        'a merge key in a generator',
        `configMapGenerator:\n  - name: x\n    <<: {files: ['${URL}']}`,
        3,
        MERGE,
      ],
      [
        'a list of merge keys',
        `<<: [{resources: [${URL}]}, {namespace: x}]`,
        1,
        MERGE,
      ],
      ['an anchor', `resources: &a [${URL}]\ncomponents: *a`, 1, ANCHOR],
      ['an anchor on a key', `&a resources: [${URL}]`, 1, ANCHOR],
      ['a tag on a key', `!!str resources: [${URL}]`, 1, TAG],
      ['a tag on a value', `resources: !!seq [!!str ${URL}]`, 1, TAG],
      ['a local tag', `resources: !x [${URL}]`, 1, TAG],
      ['a binary key', `!!binary cmVzb3VyY2Vz: [${URL}]`, 1, TAG],
      [
        'an explicit key',
        `? resources\n: [${URL}]`,
        1,
        'Keys after "?" are not read. Write key: value.',
      ],
      ['a directive', `%YAML 1.1\n---\nresources: [${URL}]`, 1, DIRECTIVE],
      [
        'a directive of tags',
        `%TAG ! tag:yaml.org,2002:\n---\nresources: [!str ${URL}]`,
        1,
        DIRECTIVE,
      ],
      ['text after a separator', `--- {resources: [${URL}]}`, 1, SEPARATOR],
      [
        'a tag after a separator',
        `--- !!map\nresources: [${URL}]`,
        1,
        SEPARATOR,
      ],
      ['an end of document', `resources: [${URL}]\n...\nkind: x`, 2, SEPARATOR],
      [
        'a line after CR',
        `# a note\rresources: [${URL}]`,
        1,
        character('000D'),
      ],
      [
        'a line after NEL',
        `# a note\u0085resources: [${URL}]`,
        1,
        character('0085'),
      ],
      [
        'a line after LS',
        `# a note\u2028resources: [${URL}]`,
        1,
        character('2028'),
      ],
      [
        'a line after PS',
        `# a note\u2029resources: [${URL}]`,
        1,
        character('2029'),
      ],
      ['a byte order mark', `\ufeffresources: [${URL}]`, 1, character('FEFF')],
    ] as const
  ).map(
    ([
      name,
      kustomization,
      line,
      advice,
      asksHost = true,
    ]): HostileKustomization => ({
      name,
      kustomization: `${kustomization}\n`,
      messages: [`Line ${line}: ${advice}`],
      ...(asksHost && { asksHost: true }),
    }),
  ),
  ...(
    [
      ['a NUL', 'namespace: "a\0"', 1, character('0000')],
      ['an escape character', 'namespace: a\u001b', 1, character('001B')],
      ['nested lists', `resources: ${'['.repeat(2_000)}`, 1, LIMIT],
      ['nested block lists', `resources:\n  ${'- '.repeat(2_000)}x`, 2, LIMIT],
      ['many parts', `resources: [${'a,'.repeat(40_000)}a]`, 1, LIMIT],
      [
        'aliases that multiply',
        `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]`,
        1,
        ANCHOR,
      ],
      [
        'a key that is no text',
        'commonLabels: {1: x}',
        1,
        'A key is not text. Put it into quotes.',
      ],
      [
        'a list for a key',
        'commonLabels: {[a, b]: x}',
        1,
        'A key is not text. Put it into quotes.',
      ],
      [
        'a key twice',
        `resources: []\nresources: [${URL}]`,
        2,
        'This is not valid YAML: Map keys must be unique.',
      ],
      [
        'a key twice, once escaped',
        `resources: []\n"resour\\u0063es": [${URL}]`,
        2,
        'This is not valid YAML: Map keys must be unique.',
      ],
      [
        'two documents',
        `resources: []\n---\nresources: [${URL}]`,
        1,
        'The file has several documents. Write one, without "---" after it.',
      ],
    ] as const
  ).map(
    ([name, kustomization, line, advice]): HostileKustomization => ({
      name,
      kustomization: `${kustomization}\n`,
      messages: [`Line ${line}: ${advice}`],
    }),
  ),
  ...['', '# nothing\n', '[]\n', '"text"\n', 'null\n'].map(
    (kustomization): HostileKustomization => ({
      name: `no mapping: ${JSON.stringify(kustomization)}`,
      kustomization,
      messages: [
        'This is not a kustomization: write a mapping with `resources`.',
      ],
    }),
  ),
  {
    name: 'a large file',
    kustomization: `# ${'x'.repeat(140_000)}\n`,
    messages: [
      'The file has 140003 bytes; the limit is 131072. Make it smaller.',
    ],
  },
];
