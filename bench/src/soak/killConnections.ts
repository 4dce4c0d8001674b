import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(
  require.resolve('@internal/real-platform/package.json'),
  '../../..',
);
const KILL_EVERY_MS = 5_000;

/**
 * Runs a longer version of a test of `ml-platform-backend`: replicas record training runs, while all connections to
 * PostgreSQL are killed every 5 s.
 *
 * @throws an error with the output of the test
 */
export async function killConnections(seconds: number): Promise<string> {
  await promisify(execFile)(
    'yarn',
    ['test:postgres', 'runs/killedConnections'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        CI: '1',
        SOAK_SECONDS: String(seconds),
        SOAK_KILL_MS: String(KILL_EVERY_MS),
      },
    },
  ).catch(({ stdout, stderr }) => {
    throw new Error(`${stdout}${stderr}`);
  });
  return `no run lost, none counted twice in ${seconds} s with connections killed every ${
    KILL_EVERY_MS / 1000
  } s`;
}
