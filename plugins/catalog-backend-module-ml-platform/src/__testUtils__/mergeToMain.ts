import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Sandbox, sandboxAccounts } from '@internal/sandbox';

/** Pushes a change of files to the default branch, as the platform engineer. */
export async function mergeToMain(
  sandbox: Sandbox,
  change: (work: string) => Promise<void>,
): Promise<void> {
  const { login, token } = sandboxAccounts.platformEngineer;
  const url = new URL(sandbox.repositoryUrl);
  Object.assign(url, { username: login, password: token });
  const work = await mkdtemp(join(tmpdir(), 'merge-'));
  const git = (...options: string[]) =>
    promisify(execFile)(
      'git',
      ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...options],
      { cwd: work },
    );
  try {
    await git('clone', '--quiet', url.href, '.');
    await change(work);
    await git('add', '--all');
    await git('commit', '--quiet', '-m', 'Merge');
    await git('push', '--quiet', 'origin', 'HEAD:main');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
