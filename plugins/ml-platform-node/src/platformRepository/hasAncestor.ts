import type { GitCommand } from './GitCommand';

/** Keeps a partial clone from fetching missing commits one by one. */
const WITHOUT_FETCHING = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/**
 * Checks in the clone if a commit equals another, or has it in its history.
 *
 * @returns undefined when the clone lacks one of them.
 */
export async function hasAncestor(
  git: GitCommand,
  commit: string,
  ancestor: string,
): Promise<boolean | undefined> {
  const { exitCode } = await git.attempt(
    ['merge-base', '--is-ancestor', ancestor, commit],
    { environment: WITHOUT_FETCHING },
  );
  return exitCode === 0 || exitCode === 1 ? exitCode === 0 : undefined;
}
