import { InputError } from '@backstage/errors';
import { git } from './git';

/**
 * Lists files that were added, modified or deleted since a commit, including uncommitted files, relative to the repository's
 * root.
 *
 * @param forkPoint - the commit at which the change left the base
 */
export async function changedFiles(
  repository: string,
  forkPoint: string,
): Promise<string[]> {
  const [tracked, untracked] = await Promise.all([
    git(repository, [
      'diff',
      '--name-only',
      '--no-renames',
      '--no-ext-diff',
      '-z',
      forkPoint,
      '--',
    ]),
    git(repository, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  const names = `${tracked}\0${untracked}`.split('\0').filter(Boolean);
  return [...new Set(names)].sort();
}

/**
 * Finds the commit at which a change left the base.
 *
 * @param base - a commit, branch or tag. Later commits on it are not part of the change.
 * @throws InputError if the directory is not a clone, or does not have the commit
 */
export async function mergeBase(
  repository: string,
  base: string,
): Promise<string> {
  if (base.startsWith('-')) {
    throw new InputError(`"${base}" is not a commit. Specify one with --base.`);
  }
  try {
    return (await git(repository, ['merge-base', base, 'HEAD'])).trim();
  } catch {
    throw new InputError(
      `There is no common history with "${base}" in ${repository}. Fetch it first, with its history: git fetch --unshallow origin`,
    );
  }
}
