// `npm start`: installs what is missing, and runs the portal with the sandbox. `yarn start` reloads on changes, for developers.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopChildren, stopChildrenOnSignals } from './setup/children.mjs';
import { dataDirectory, makeDataDirectory } from './setup/directories.mjs';
import { Problem, runMain } from './setup/problem.mjs';
import { setUp } from './setup/setUp.mjs';
import { ensureApp } from './start/app.mjs';
import { runDevelopment } from './start/development.mjs';
import { runPortal } from './start/portal.mjs';
import { checkCommands, checkPorts } from './start/preflight.mjs';

const PORTS = [
  { port: 7007, use: 'its web pages' },
  { port: 7010, use: 'the sandbox forge' },
  { port: 7011, use: 'the sandbox Kubernetes API' },
  { port: 7012, use: 'the sandbox Grafana' },
];
const DEVELOPMENT_PORT = {
  port: 3000,
  use: 'the development server of the app',
};

function readArguments() {
  try {
    return parseArgs({
      options: {
        reset: { type: 'boolean', default: false },
        development: {
          type: 'boolean',
          default: /^yarn\//.test(process.env.npm_config_user_agent ?? ''),
        },
      },
    }).values;
  } catch (error) {
    throw new Problem(
      `${error.message}\nUsage: npm start [-- --reset]    --reset deletes the data of the sandbox and the portal`,
    );
  }
}

async function main() {
  const { reset, development } = readArguments();
  stopChildrenOnSignals({ exitCode: 0 });
  await checkCommands();
  await checkPorts(development ? [...PORTS, DEVELOPMENT_PORT] : PORTS);
  if (reset) {
    console.log("Deleting the sandbox's state and the portal's database");
    for (const state of ['sandbox', 'database']) {
      rmSync(join(dataDirectory, state), { recursive: true, force: true });
    }
  }
  makeDataDirectory(join(dataDirectory, 'database'));
  const tools = await setUp();
  try {
    if (development) {
      await runDevelopment(tools);
    } else {
      await ensureApp(tools);
      await runPortal(tools);
    }
  } finally {
    await stopChildren();
  }
}

await runMain(main);
