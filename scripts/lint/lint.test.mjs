import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { cruise } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import config from './dependency-cruiser.mjs';
import { root } from '../setup/directories.mjs';
import { checkDirectories } from './boundariesTable.mjs';

const directory = mkdtempSync(join(tmpdir(), 'lint-'));
after(() => rmSync(directory, { recursive: true }));

const packages = {
  '@internal/plugin-ml-platform-common': 'plugins/ml-platform-common',
  '@internal/plugin-ml-platform-node': 'plugins/ml-platform-node',
  '@internal/plugin-ml-platform-backend': 'plugins/ml-platform-backend',
  '@internal/plugin-argocd-backend': 'plugins/argocd-backend',
  '@internal/sandbox': 'packages/sandbox',
};

/** The names of the rules that a repository with these files breaks. */
async function brokenRules(files) {
  rmSync(directory, { recursive: true });
  for (const [name, path] of Object.entries(packages)) {
    write(
      `${path}/package.json`,
      JSON.stringify({ name, main: 'src/index.ts' }),
    );
    write(`${path}/src/index.ts`, 'export const value = 1;\n');
    const link = join(directory, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(directory, path), link);
  }
  for (const [file, content] of Object.entries(files)) {
    write(file, content);
  }
  const { options, forbidden } = config;
  const { output } = await cruise(
    ['packages', 'plugins'],
    {
      ...options,
      baseDir: directory,
      ruleSet: { forbidden },
      validate: true,
    },
    options.enhancedResolveOptions,
  );
  return output.summary.violations.map(({ rule }) => rule.name);
}

function write(file, content) {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const imports = name => `import { value } from '${name}';\nvoid value;\n`;

test('directories import what boundaries.mjs allows', async () => {
  const broken = await brokenRules({
    'plugins/ml-platform-backend/src/a.ts': imports(
      '@internal/plugin-ml-platform-node',
    ),
    'plugins/ml-platform-node/src/a.ts': imports(
      '@internal/plugin-ml-platform-common',
    ),
    'plugins/ml-platform-backend/src/a.test.ts': imports('@internal/sandbox'),
    'plugins/ml-platform-node/src/testing.ts': imports('@internal/sandbox'),
  });
  assert.deepEqual(broken, []);
});

for (const [what, file, content, rule] of [
  [
    'a backend imports another',
    'plugins/ml-platform-backend/src/a.ts',
    imports('@internal/plugin-argocd-backend'),
    'boundaries: plugins/ml-platform-backend',
  ],
  [
    'a test of a backend imports another backend',
    'plugins/ml-platform-backend/src/a.test.ts',
    imports('@internal/plugin-argocd-backend'),
    'boundaries: tests of plugins/ml-platform-backend',
  ],
  [
    'common imports node, a type only',
    'plugins/ml-platform-common/src/a.ts',
    "import type { value } from '@internal/plugin-ml-platform-node';\nexport type A = typeof value;\n",
    'boundaries: plugins/ml-platform-common',
  ],
  [
    'a frontend imports node by path',
    'plugins/ml-platform/src/a.ts',
    imports('../../ml-platform-node/src'),
    'boundaries: plugins/ml-platform',
  ],
  [
    'production code imports the sandbox',
    'plugins/ml-platform-node/src/a.ts',
    imports('@internal/sandbox'),
    'boundaries: plugins/ml-platform-node',
  ],
  [
    'production code imports test support',
    'plugins/ml-platform-node/src/a.ts',
    imports('./testing'),
    'no-test-support-in-production',
  ],
  [
    'an import leads nowhere',
    'plugins/ml-platform-node/src/a.ts',
    imports('@internal/plugin-nowhere'),
    'known-packages',
  ],
  [
    'two files import types of each other',
    'plugins/ml-platform-node/src/a.ts',
    "import type { B } from './b';\nexport type A = B | 1;\n",
    'no-cycles',
  ],
]) {
  test(`refused: ${what}`, async () => {
    const broken = await brokenRules({
      'plugins/ml-platform-node/src/testing.ts': 'export const value = 1;\n',
      'plugins/ml-platform-node/src/b.ts':
        "import type { A } from './a';\nexport type B = A | 2;\n",
      [file]: content,
    });
    assert.ok(broken.includes(rule), `${broken}`);
  });
}

test('docs/architecture.md has the table of directories, and every workspace is in it', () => {
  assert.deepEqual(checkDirectories(), []);
});

for (const [folder, file] of [
  ['plugins/ml-platform-common', 'src/example.ts'],
  ['plugins/ml-platform', 'src/example.test.tsx'],
  ['', 'scripts/example.mjs'],
  ['', 'e2e/example.ts'],
]) {
  test(`long files and comments that open with a question word are refused in ${
    folder || '.'
  }/${file}`, async () => {
    const eslint = new ESLint({ cwd: join(root, folder) });
    const rules = async code => {
      const [{ messages }] = await eslint.lintText(code, {
        filePath: join(root, folder, file),
      });
      return messages.map(({ ruleId }) => ruleId);
    };
    const good = '/** The answer. */\nexport const answer = 42;\n';

    assert.deepEqual(await rules(good), []);
    assert.deepEqual(await rules(good.replace('The', 'What is the')), [
      '@internal/comment-opening',
    ]);
    assert.deepEqual(await rules(good + '\n'.repeat(299)), ['max-lines']);
  });
}
