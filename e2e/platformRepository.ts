import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The sandbox's forge, with the portal's sandbox credentials. */
const REPOSITORY_URL =
  'http://portal-bot:sandbox-portal-token@127.0.0.1:7010/acme/platform.git';

/**
 * Clones the default branch of the platform repository, and reads a file from it.
 *
 * @param directory - an empty directory for the clone
 */
export async function cloneAndRead(
  directory: string,
  path: string,
): Promise<string> {
  await run('git', [
    'clone',
    '--quiet',
    '--depth=1',
    REPOSITORY_URL,
    directory,
  ]);
  const { stdout } = await run('git', [
    '-C',
    directory,
    'show',
    `HEAD:${path}`,
  ]);
  return stdout;
}

/**
 * Lists the authors of all commits to a path, newest first.
 *
 * @param directory - a clone by `cloneAndRead`
 * @returns authors as `Name <email>`
 */
export async function listAuthors(
  directory: string,
  path: string,
): Promise<string[]> {
  await run('git', ['-C', directory, 'fetch', '--quiet', '--unshallow']);
  const { stdout } = await run('git', [
    '-C',
    directory,
    'log',
    '--format=%an <%ae>',
    '--',
    path,
  ]);
  return stdout.trim().split('\n');
}
