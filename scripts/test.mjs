// `npm test`: installs missing tools and packages, and runs all tests: those of scripts/ with Node's test runner, the others
// with Jest. Further arguments go to Jest.
import { join } from 'node:path';
import {
  waitForExit,
  startChild,
  stopChildrenOnSignals,
} from './setup/children.mjs';
import { root } from './setup/directories.mjs';
import { runMain } from './setup/problem.mjs';
import { setUp } from './setup/setUp.mjs';

const backstageCli = join(
  root,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

async function main() {
  stopChildrenOnSignals({ exitCode: 130 });
  const { node, environment } = await setUp();
  // A NODE_ENV of the caller would keep Jest from setting its own; without CI, Jest would watch for changes.
  const { NODE_ENV: _, ...env } = { ...environment, CI: '1' };
  const run = args =>
    waitForExit(startChild(node, args, { env, stdio: 'inherit' }));

  const scriptsCode = await run([
    '--test',
    '--test-reporter=dot',
    'scripts/**/*.test.mjs',
  ]);
  const jestCode = await run([
    backstageCli,
    'repo',
    'test',
    ...process.argv.slice(2),
  ]);
  return scriptsCode === 0 && jestCode === 0 ? 0 : 1;
}

await runMain(main);
