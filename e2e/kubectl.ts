import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs kubectl on the sandbox's Kubernetes API. */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', [
    '--server',
    'http://127.0.0.1:7011',
    '--kubeconfig',
    '/dev/null',
    ...args,
  ]);
  return stdout;
}

/** Reads a file of the default branch of the platform repository from a new clone. */
export async function readFromForge(
  directory: string,
  path: string,
): Promise<string> {
  await run('git', [
    'clone',
    '--quiet',
    '--depth=1',
    'http://portal-bot:sandbox-portal-token@127.0.0.1:7010/acme/platform.git',
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

/** `Name <email>` of the authors of a path, newest commit first. */
export async function authorsOf(
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
