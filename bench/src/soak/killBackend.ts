import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(
  require.resolve('@internal/real-platform/package.json'),
  '../../..',
);
const TEST = 'packages/backend/src/killedBackend.test.ts';

/**
 * Runs the longer version of a test of the backend: it is killed at each of eight points of a request, with its workspace kept
 * and lost, on SQLite and on PostgreSQL, and a replica is stopped for 45 s.
 *
 * @throws an error with the output of the test
 */
export async function killBackend(): Promise<string> {
  for (const command of [
    ['backstage-cli', 'repo', 'test', TEST],
    ['test:postgres', TEST],
  ]) {
    await promisify(execFile)('yarn', command, {
      cwd: ROOT,
      env: { ...process.env, CI: '1', SOAK_KILLS: 'all' },
      maxBuffer: 2 ** 26,
    }).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`);
    });
  }
  return 'one branch, one commit and one pull request after each of 32 kills, and after a replica stood still for 45 s';
}
