import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from '../forge/accounts';

const run = promisify(execFile);

/** Runs Git as a user does, without the environment of the sandbox. */
export async function git(
  directory: string,
  ...args: string[]
): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd: directory,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  });
  return stdout.trim();
}

/** Adds the credentials of an account to a URL. */
export function urlFor(account: Account, repositoryUrl: string): string {
  return repositoryUrl.replace(
    'http://',
    `http://${account.login}:${account.token}@`,
  );
}

/** Writes files by their paths relative to a directory. */
export async function writeFiles(
  directory: string,
  files: Record<string, string>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await fs.mkdir(dirname(join(directory, path)), { recursive: true });
    await fs.writeFile(join(directory, path), content);
  }
}

/** Creates a branch from the clone's `main`, commits files and pushes it. Returns the commit. */
export async function pushBranch(
  clone: string,
  branch: string,
  files: Record<string, string>,
): Promise<string> {
  await git(clone, 'checkout', '--quiet', '-B', branch, 'main');
  await writeFiles(clone, files);
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '-m', `Change ${branch}`);
  await git(clone, 'push', '--quiet', 'origin', branch);
  return git(clone, 'rev-parse', 'HEAD');
}
