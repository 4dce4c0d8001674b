import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { textProblem } from '@internal/plugin-ml-platform-common';
import { hostileValues } from '@internal/plugin-ml-platform-node/testing';
import { createTemplateRenderer } from 'nunjitsu';
import { parse as parseYaml } from 'yaml';
import { encodeHcl } from './hclFilter';
import { encodeYaml } from './yamlFilter';

const { large, ...small } = hostileValues();
const corpus = [...Object.values(small).flat(), ...large];

/** Names that the template engine does not take. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** The shapes of values that fields of forms have. */
const FIELDS: Record<string, (text: string) => unknown> = {
  text: text => text,
  list: text => ['x', text],
  object: text => ({ a: text }),
  key: text => ({ [text]: 'x' }),
  objects: text => [{ a: [text] }],
};

const renderer = createTemplateRenderer({
  filters: { yaml: encodeYaml, hcl: encodeHcl },
});

/** Values by name, and each as a template renders it. Without those that the filter refuses. */
function rendered(filter: 'yaml' | 'hcl', toField: (text: string) => unknown) {
  const values: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  const refused: string[] = [];
  corpus.forEach((text, index) => {
    try {
      texts[`k${index}`] = renderer.render(`\${{ value | ${filter} }}`, {
        value: toField(text) as string,
      });
      values[`k${index}`] = toField(text);
    } catch {
      refused.push(text);
    }
  });
  return { values, texts, refused };
}

/** Names of the values that came back as others. */
function differences(
  sent: Record<string, unknown>,
  received: Record<string, unknown>,
): unknown[] {
  return [...new Set([...Object.keys(sent), ...Object.keys(received)])]
    .filter(
      name => JSON.stringify(sent[name]) !== JSON.stringify(received[name]),
    )
    .map(name => JSON.stringify(sent[name])?.slice(0, 100) ?? name);
}

it('has more than 500 values', () => {
  expect(new Set(corpus).size).toBeGreaterThan(500);
});

describe.each(Object.entries(FIELDS))('in the field %s', (field, toField) => {
  it('YAML comes back unchanged from Go and JavaScript, or is refused for a reason', () => {
    const { values, texts, refused } = rendered('yaml', toField);
    expect(refused.filter(text => !isUnsafe(text))).toEqual(
      // Go merges the first, and does not find the end of the last.
      field === 'key' ? ['<<', ...RESERVED, ...large] : [],
    );
    const lines = Object.entries(texts).map(
      ([key, text]) => `  ${key}: ${text}`,
    );
    const source = `apiVersion: example.com/v1\nkind: Values\nmetadata:\n  name: m\nspec:\n${lines.join(
      '\n',
    )}\n`;
    expect(differences(values, parseYaml(source).spec)).toEqual([]);
    expect(differences(values, parseYaml(build(source)).spec)).toEqual([]);
  });

  it('HCL comes back unchanged, or is refused for a reason', async () => {
    const { values, texts, refused } = rendered('hcl', toField);
    expect(refused.filter(text => !isUnsafe(text))).toEqual(
      field === 'key' ? [...RESERVED, ...large] : large,
    );
    const source = Object.entries(texts)
      .map(([key, text]) => `${key} = ${text}\n`)
      .join('');
    expect(
      differences(
        Object.fromEntries(
          Object.entries(values).map(([key, value]) => [key, asSource(value)]),
        ),
        await parseHcl('test.tf', source),
      ),
    ).toEqual([]);
  });
});

function isUnsafe(text: string): boolean {
  return textProblem(text) !== undefined;
}

function build(source: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'hostile-values-'));
  try {
    writeFileSync(join(directory, 'values.yaml'), source);
    writeFileSync(
      join(directory, 'kustomization.yaml'),
      'resources: [values.yaml]\n',
    );
    return execFileSync('kubectl', ['kustomize', directory], {
      maxBuffer: 2 ** 28,
    }).toString();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The parser hands templates back as source, with a literal `${` escaped, and HCL normalises text. */
function asSource(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/\$\{/g, () => '$${')
      .replace(/%\{/g, () => '%%{')
      .normalize('NFC'),
  );
}
