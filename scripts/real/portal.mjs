import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { dataDirectory, root } from '../setup/directories.mjs';
import { step } from '../setup/report.mjs';
import { backend, backendIsUp } from '../start/backend.mjs';
import { leaveService } from '../start/services.mjs';

const OVERLAY = 'app-config.real.yaml';
const PATIENCE_MILLISECONDS = 10_000;
const directory = join(dataDirectory, 'real');
const recordFile = join(directory, 'portal.json');

/** Whether the portal that `yarn real up` left is still there. */
export function isPortalUp() {
  return portalProcess() !== undefined;
}

/** Starts the portal on the real platform that is up, waits for it, and leaves it running. */
export async function startPortal(tools) {
  const { portalEnvironment } = JSON.parse(
    readFileSync(join(directory, 'platform.json'), 'utf8'),
  );
  mkdirSync(join(directory, 'database'), { recursive: true });
  await step(
    { title: 'Starting the backend', usually: '20 seconds' },
    async () => {
      const { pid, ended } = leaveService(
        backend(
          {
            configs: ['app-config.yaml', OVERLAY],
            environment: portalEnvironment,
          },
          tools,
        ),
        tools,
      );
      writeFileSync(recordFile, JSON.stringify({ pid }));
      await Promise.race([backendIsUp(), ended]).catch(async error => {
        await stopPortal();
        throw error;
      });
    },
  );
}

/** Ends the portal, if it is there; insists after a while. */
export async function stopPortal() {
  const pid = portalProcess();
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    const patienceEnds = performance.now() + PATIENCE_MILLISECONDS;
    while (portalProcess() !== undefined) {
      if (performance.now() > patienceEnds) {
        process.kill(pid, 'SIGKILL');
      }
      await setTimeout(100);
    }
  }
  rmSync(recordFile, { force: true });
}

/** The id of the portal's process. A process that has its id but runs something else is somebody else's. */
function portalProcess() {
  try {
    const { pid } = JSON.parse(readFileSync(recordFile, 'utf8'));
    const command = execFileSync('ps', ['-ww', '-o', 'args=', '-p', `${pid}`], {
      encoding: 'utf8',
    });
    return command.includes(root) && command.includes(OVERLAY)
      ? pid
      : undefined;
  } catch {
    // No portal was left, or it has ended since.
    return undefined;
  }
}
