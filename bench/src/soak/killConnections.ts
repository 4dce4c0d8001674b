import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(
  require.resolve('@internal/real-platform/package.json'),
  '../../..',
);
const KILL_EVERY_MS = 5_000;

/**
 * Replicas record training runs while every connection to PostgreSQL is killed every 5 s: the test of
 * `ml-platform-backend`, for longer.
 *
 * @throws with what the test says.
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
