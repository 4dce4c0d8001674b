import { join } from 'node:path';
import { waitForExit, startChild } from '../setup/children.mjs';
import { root } from '../setup/directories.mjs';
import { Problem } from '../setup/problem.mjs';
import { startSandbox } from './sandbox.mjs';

const APP_URL = 'http://localhost:3000';

/** Runs the sandbox, and the backend and the app with reload, until one of them exits. */
export async function runDevelopment(tools) {
  const sandbox = await startSandbox(tools);
  console.log(
    `Starting the backend and the app with reload; the app opens at ${APP_URL}`,
  );
  const backstage = startChild(
    tools.node,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
    ],
    {
      stdio: 'inherit',
      env: {
        ...tools.environment,
        APP_CONFIG_app_baseUrl: APP_URL,
        APP_CONFIG_backend_cors_origin: APP_URL,
      },
    },
  );
  const result = await Promise.race([waitForExit(backstage), sandbox.exited]);
  throw new Problem(`backstage-cli repo start exited with ${result}.`);
}
