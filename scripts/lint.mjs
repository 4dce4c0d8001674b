// `yarn lint`: all static checks but types and layout. `--since REF` limits ESLint to the packages that changed since then;
// `--fix` repairs what it can.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkDirectories } from './lint/boundariesTable.mjs';
import { waitForExit, startChild } from './setup/children.mjs';
import { root } from './setup/directories.mjs';
import { runMain } from './setup/problem.mjs';

const { values: options } = parseArgs({
  options: { since: { type: 'string' }, fix: { type: 'boolean' } },
});

const fix = options.fix ? ['--fix'] : [];
const codeDirectories = [
  'bench',
  'e2e',
  'packages',
  'plugins',
  'scripts',
  'test',
];

const checks = {
  'Directories in docs/architecture.md': () => {
    const problems = checkDirectories({ fix: options.fix });
    problems.forEach(problem => console.error(problem));
    return problems.length === 0;
  },
  'Imports and cycles': () =>
    run('dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config',
      'scripts/lint/dependency-cruiser.mjs',
      ...codeDirectories,
    ]),
  'Dead files, exports and dependencies': () => run('knip/bin/knip.js'),
  'ESLint outside of packages': () =>
    run('eslint/bin/eslint.js', [
      ...fix,
      '--ext=.js,.mjs,.ts',
      'scripts',
      'e2e',
    ]),
  'ESLint in packages': () =>
    run('@backstage/cli/bin/backstage-cli', [
      'repo',
      'lint',
      ...fix,
      ...since(),
    ]),
};

/** Options of `repo lint`. Without the commit, as in a clone without a remote, all packages are linted. */
function since() {
  const { since: commit } = options;
  const exists =
    commit !== undefined &&
    spawnSync(
      'git',
      ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`],
      {
        cwd: root,
      },
    ).status === 0;
  return exists ? ['--since', commit] : [];
}

async function run(script, args = []) {
  const child = startChild(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    { stdio: 'inherit' },
  );
  return (await waitForExit(child)) === 0;
}

await runMain(async () => {
  const failed = [];
  for (const [name, passes] of Object.entries(checks)) {
    console.log(`--- ${name}`);
    if (!(await passes())) {
      failed.push(name);
    }
  }
  console.log(
    failed.length ? `\nFailed: ${failed.join('; ')}` : '\nNo problems.',
  );
  return failed.length ? 1 : 0;
});
