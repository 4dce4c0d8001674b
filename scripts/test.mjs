// `npm test`: installs what is missing, and runs all tests. Further arguments go to jest.
import { join } from 'node:path';
import { ended, startChild, stopChildrenOnSignals } from './setup/children.mjs';
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
  // Jest sets NODE_ENV; without CI it would watch for changes.
  const { NODE_ENV: _, ...env } = { ...environment, CI: '1' };
  const run = args => ended(startChild(node, args, { env, stdio: 'inherit' }));

  const scripts = await run([
    '--test',
    '--test-reporter=dot',
    'scripts/**/*.test.mjs',
  ]);
  const suite = await run([
    backstageCli,
    'repo',
    'test',
    ...process.argv.slice(2),
  ]);
  return scripts === 0 && suite === 0 ? 0 : 1;
}

await runMain(main);
