import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { GitCommand } from './GitCommand';

const PUSH_TIMEOUT_MILLISECONDS = 30_000;
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** See `PlatformRepository.pushNewBranch`. */
export async function pushNewBranch(
  git: GitCommand,
  options: { commit: string; branch: string },
): Promise<void> {
  const { commit, branch } = options;
  if (!BRANCH.test(branch) || /\.\.|\.lock(\/|$)|\.(\/|$)/.test(branch)) {
    throw new InputError(`"${branch}" is not a valid branch name`);
  }
  const ref = `refs/heads/${branch}`;
  const push = [
    'push',
    '--porcelain',
    '--no-verify',
    // Expects that the branch does not exist: existing branches are not even fast-forwarded.
    `--force-with-lease=${ref}:`,
    '--',
    'origin',
    `${commit}:${ref}`,
  ];
  const result = await git.attempt(push, {
    timeoutMilliseconds: PUSH_TIMEOUT_MILLISECONDS,
  });
  if (result.exitCode === 0) {
    return;
  }
  const rejected = /^!\t/m.test(result.stdout.toString('utf8'));
  const failure = git.failure(push, result);
  if (!rejected) {
    throw failure;
  }
  // Another task may have pushed the same commit in the meantime.
  const existing = await git.text(['ls-remote', '--refs', '--', 'origin', ref]);
  if (existing === '') {
    throw new ServiceUnavailableError(
      'The platform repository refused the new branch. Nothing was changed; ask the platform team to check its branch rules.',
    );
  }
  if (existing.split('\t')[0] !== commit) {
    throw new ConflictError(
      `The branch "${branch}" already exists with another change. Open its pull request, or close it, delete the branch and try again.`,
    );
  }
}
