// `yarn real`: runs etcd, Kubernetes, kwok, Gitea and Argo CD without containers, and the portal on them.
import { join } from 'node:path';
import {
  waitForExit,
  startChild,
  stopChildren,
  stopChildrenOnSignals,
} from './setup/children.mjs';
import { root } from './setup/directories.mjs';
import { Problem, runMain } from './setup/problem.mjs';
import { setUp } from './setup/setUp.mjs';
import { ensureApp } from './start/app.mjs';
import { signInInstructions } from './start/backend.mjs';
import { DetachedPortal } from './start/detachedPortal.mjs';
import { checkCommands, checkPorts } from './start/preflight.mjs';
import { nodeOptions } from './start/services.mjs';

const USAGE = `Usage: yarn real build | up | down | test
  build  builds the systems that are not in the cache
  up     starts the systems and the portal in the background
  down   stops the portal and the systems
  test   runs the test suites that need real systems; further arguments go to jest`;

const portal = new DetachedPortal('real');
const PORTS = [{ port: 7007, use: 'its web pages' }];

const commands = {
  build: () => platform('build'),

  async up() {
    await checkCommands();
    if (!portal.isRunning()) {
      await checkPorts(PORTS);
    }
    const tools = await setUp();
    await platform('up', tools);
    if (portal.isOutdated()) {
      await portal.stop();
    }
    if (!portal.isRunning()) {
      await ensureApp(tools);
      await portal.start(tools);
    }
    console.log(
      [
        '',
        ...signInInstructions(),
        'Run "yarn real down" to stop the portal and the platform, and to delete their data. Logs are in .data/logs.',
        '',
      ].join('\n'),
    );
  },

  async down() {
    await portal.stop();
    await platform('down');
  },

  async test(...args) {
    const { node, environment } = await setUp();
    const jest = startChild(
      node,
      [
        join(root, 'node_modules/jest/bin/jest.js'),
        '--config',
        join(root, 'test/real-platform/jest.real.config.js'),
        ...args,
      ],
      { env: environment, stdio: 'inherit' },
    );
    return waitForExit(jest);
  },
};

/** Runs a command of test/real-platform. */
async function platform(command, tools) {
  const { node, environment } = tools ?? (await setUp());
  const result = await waitForExit(
    startChild(node, [...nodeOptions, 'src/cli.ts', command], {
      cwd: join(root, 'test/real-platform'),
      env: environment,
      stdio: 'inherit',
    }),
  );
  if (result !== 0) {
    throw new Problem(`"yarn real ${command}" failed.`);
  }
}

async function main() {
  const [name, ...args] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new Problem(USAGE);
  }
  stopChildrenOnSignals({ exitCode: 130 });
  try {
    return await commands[name](...args);
  } finally {
    await stopChildren();
  }
}

await runMain(main);
