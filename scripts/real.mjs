// `yarn real`: etcd, Kubernetes, kwok, Gitea and Argo CD without containers, and the portal on them.
import { join } from 'node:path';
import {
  ended,
  startChild,
  stopChildren,
  stopChildrenOnSignals,
} from './setup/children.mjs';
import { root } from './setup/directories.mjs';
import { Problem, runMain } from './setup/problem.mjs';
import { setUp } from './setup/setUp.mjs';
import { ensureApp } from './start/app.mjs';
import { invitation } from './start/backend.mjs';
import { LeftPortal } from './start/leftPortal.mjs';
import { checkCommands, checkPorts } from './start/preflight.mjs';
import { fromSource } from './start/services.mjs';

const USAGE = `Usage: yarn real build | up | down | test
  build  builds the systems that the cache does not hold yet
  up     starts them and the portal, and leaves all of it running
  down   ends all of it
  test   runs the suites that need real systems; further arguments go to jest`;

const portal = new LeftPortal('real');
const PORTS = [{ port: 7007, use: 'its pages' }];

const commands = {
  build: () => platform('build'),

  async up() {
    await checkCommands();
    if (!portal.isUp()) {
      await checkPorts(PORTS);
    }
    const tools = await setUp();
    await platform('up', tools);
    if (portal.isOutdated()) {
      await portal.stop();
    }
    if (!portal.isUp()) {
      await ensureApp(tools);
      await portal.start(tools);
    }
    console.log(
      [
        '',
        ...invitation(),
        '"yarn real down" ends it, with the platform and all that was done there. Logs are in .data/logs.',
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
    return ended(jest);
  },
};

/** Runs a command of the harness in test/real-platform. */
async function platform(command, tools) {
  const { node, environment } = tools ?? (await setUp());
  const result = await ended(
    startChild(node, [...fromSource, 'src/cli.ts', command], {
      cwd: join(root, 'test/real-platform'),
      env: environment,
      stdio: 'inherit',
    }),
  );
  if (result !== 0) {
    throw new Problem(`"yarn real ${command}" has not worked.`);
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
