import { join } from 'node:path';
import { dataDirectory, root } from '../setup/directories.mjs';
import { step } from '../setup/report.mjs';
import { waitFor } from './readiness.mjs';
import { runService } from './services.mjs';

const ADDRESSES = [
  'http://127.0.0.1:7010',
  'http://127.0.0.1:7011',
  'http://127.0.0.1:7012',
];

/** Command that clones the platform repository as the platform engineer. */
export const cloneCommand =
  'git clone http://platform-engineer:sandbox-platform-engineer-token@127.0.0.1:7010/acme/platform.git';

/**
 * Starts the sandbox, and waits until it responds.
 *
 * @returns {Promise<{ exited: Promise<never> }>} `exited` rejects when the sandbox exits
 */
export async function startSandbox(tools) {
  return step(
    { title: 'Starting the sandbox', usually: '5 seconds' },
    async () => {
      const exited = runService(
        {
          name: 'sandbox',
          directory: 'packages/sandbox',
          entry: 'src/main.ts',
          args: [
            '--state-dir',
            join(dataDirectory, 'sandbox'),
            '--seed-root',
            root,
          ],
          environment: { ...tools.environment, NODE_ENV: 'development' },
        },
        tools,
      );
      const ready = ADDRESSES.map(url =>
        waitFor(url, {
          what: 'The sandbox',
          seconds: 300,
          isReady: () => true,
        }),
      );
      await Promise.race([Promise.all(ready), exited]);
      return { exited };
    },
  );
}
