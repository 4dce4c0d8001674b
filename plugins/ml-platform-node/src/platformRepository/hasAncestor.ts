import type { GitCommand } from './GitCommand';

/** A partial clone would ask the forge for each commit that it lacks, one by one and with everything below it. */
const WITHOUT_ASKING = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/**
 * Whether a commit is the other one, or has it in its history, as far as the clone knows.
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
    { environment: WITHOUT_ASKING },
  );
  return exitCode === 0 || exitCode === 1 ? exitCode === 0 : undefined;
}
