// `yarn lint`: every law that machines keep. `--since REF` limits the rules of packages to those that changed since then;
// `--fix` repairs what can be repaired.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRooms } from './laws/roomsTable.mjs';
import { ended, startChild } from './setup/children.mjs';
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

const laws = {
  'Rooms and architecture page': () => {
    const problems = checkRooms({ fix: options.fix });
    problems.forEach(problem => console.error(problem));
    return problems.length === 0;
  },
  'Imports and cycles': () =>
    run('dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config',
      'scripts/laws/dependency-cruiser.mjs',
      ...codeDirectories,
    ]),
  'Dead files, exports and dependencies': () => run('knip/bin/knip.js'),
  'Rules outside of packages': () =>
    run('eslint/bin/eslint.js', [
      ...fix,
      '--ext=.js,.mjs,.ts',
      'scripts',
      'e2e',
      'playwright.config.ts',
    ]),
  'Rules of packages': () =>
    run('@backstage/cli/bin/backstage-cli', [
      'repo',
      'lint',
      ...fix,
      ...(options.since ? ['--since', options.since] : []),
    ]),
};

async function run(script, args = []) {
  const child = startChild(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    { stdio: 'inherit' },
  );
  return (await ended(child)) === 0;
}

await runMain(async () => {
  const broken = [];
  for (const [law, keep] of Object.entries(laws)) {
    console.log(`--- ${law}`);
    if (!(await keep())) {
      broken.push(law);
    }
  }
  console.log(
    broken.length ? `\nBroken: ${broken.join('; ')}` : '\nAll laws are kept.',
  );
  return broken.length ? 1 : 0;
});
