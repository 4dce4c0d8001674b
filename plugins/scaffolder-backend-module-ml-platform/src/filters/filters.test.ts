import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { createTemplateRenderer } from 'nunjitsu';
import { parse as parseYaml } from 'yaml';
import { encodeHcl, hclFilter } from './hclFilter';
import { encodeFile, textFilter } from './textFilter';
import { encodeYaml, yamlFilter } from './yamlFilter';

const HOSTILE = [
  '',
  ' ',
  'no',
  'null',
  '~',
  '007',
  '1e3',
  '2026-11-24',
  '- a',
  'a: b # c',
  '"quoted" and \\ back',
  "it's",
  'line one\nline two\r\n\ttab',
  '*alias &anchor !tag %directive @at `tick`',
  '${{ 7*7 }}{% raw %}{# c #}',
  '${file("/etc/passwd")}',
  '$${a} $$${b} $$$${c}',
  '%{ for x in y } %%{ %%%{',
  '$ { % {',
  'é ü 漢字 😀',
  '---\nkind: Secret',
  '{"a":1}',
  '<<: x',
];
const REFUSED = [
  '\u0000\u0001\u001b[31m',
  'a\rb',
  'user\u202egnp.exe',
  'a\u2066b',
  'a\u200fb',
  '\ufeffbom',
  'a\u007f',
  '\u0085',
  '\u009f',
  'a\u2028b',
  '\u2029',
  '\ufffe',
  '\uffff',
  '\ud800',
  'a\udc00',
];

it('encodes hostile text as one YAML value that Go reads back unchanged', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yaml-filter-'));
  try {
    const data = Object.fromEntries(
      HOSTILE.map((text, index) => [`k${index}`, text]),
    );
    const lines = Object.entries(data).map(
      ([key, text]) => `  ${key}: ${encodeYaml(text)}`,
    );
    writeFileSync(
      join(directory, 'map.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n${lines.join(
        '\n',
      )}\n`,
    );
    writeFileSync(
      join(directory, 'kustomization.yaml'),
      'resources: [map.yaml]\n',
    );
    const built = execFileSync('kubectl', ['kustomize', directory]).toString();
    expect(parseYaml(built).data).toEqual(data);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('encodes hostile text as one HCL literal that Terraform reads back unchanged', async () => {
  for (const text of HOSTILE) {
    const source = `value = ${encodeHcl(text)}\nnext = 1\n`;
    const read = await parse('test.tf', source);
    // The parser hands templates back as source: a literal `${` comes out escaped once more.
    const escaped = text
      .replace(/\$\{/g, () => '$${')
      .replace(/%\{/g, () => '%%{');
    expect({ text, read }).toEqual({
      text,
      read: { value: escaped.normalize('NFC'), next: 1 },
    });
  }
});

it.each([
  ['yaml', encodeYaml],
  ['hcl', encodeHcl],
] as const)('%s refuses values that would not be preserved', (_, encode) => {
  for (const text of REFUSED) {
    expect(() => encode(text)).toThrow(/character/);
    expect(() => encode([{ [text]: 1 }])).toThrow(/character/);
  }
  expect(() => encode(undefined)).toThrow(/is not set/);
  expect(() => encode([undefined])).toThrow(/is not set/);
  expect(() => encode(12345678901234567890)).toThrow(/too large/);
  expect(() => encode(Infinity)).toThrow(/too large/);
});

it('writes the text of a file as it is, and refuses what people cannot see', () => {
  expect(encodeFile('a: {{ b }}\r\n  # ${{ c }}\n\n')).toBe(
    'a: {{ b }}\n  # ${{ c }}',
  );
  for (const text of REFUSED) {
    expect(() => encodeFile(text)).toThrow(/character/);
  }
  expect(() => encodeFile(7)).toThrow(/is not set/);
});

it('keeps types', async () => {
  const value = { a: [1, -0.5, true, null, 'x'], 'b c': {} };
  expect(parseYaml(encodeYaml(value))).toEqual(value);
  expect(JSON.parse(encodeYaml(value))).toEqual(value);
  expect(await parse('test.tf', `value = ${encodeHcl(value)}\n`)).toEqual({
    value,
  });
});

it('renders its examples as documented', () => {
  const renderer = createTemplateRenderer({
    filters: { yaml: encodeYaml, hcl: encodeHcl, text: encodeFile },
  });
  for (const { examples } of [yamlFilter, hclFilter, textFilter]) {
    for (const { example, notes } of examples ?? []) {
      const rendered = renderer.render(example);
      expect(notes).toBe(`Writes \`${rendered}\`.`);
    }
  }
});
