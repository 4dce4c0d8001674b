import type { GitCommand } from './GitCommand';
import type { FileHistory, FileVersion } from './PlatformRepository';

/** Trees are in the partial clone, so that a path's history needs nothing from the forge. */
const WITHOUT_FETCHING = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/** See `PlatformRepository.fileHistory`. */
export async function fileHistory(
  git: GitCommand,
  options: {
    commit: string;
    path: string;
    limit: number;
    known?: FileHistory;
  },
): Promise<FileVersion[]> {
  const { commit, path, limit, known } = options;
  if (known && (await leadsTo(git, known.commit, commit))) {
    const newer =
      known.commit === commit
        ? []
        : await log(git, [known.commit, commit], path, limit);
    return [...newer, ...known.versions].slice(0, limit);
  }
  return log(git, [commit], path, limit);
}

/** See `PlatformRepository.initialCommit`. */
export async function initialCommit(
  git: GitCommand,
  commit: string,
): Promise<string> {
  const roots = await git.text(
    ['rev-list', '--first-parent', '--max-parents=0', commit, '--'],
    { environment: WITHOUT_FETCHING },
  );
  return roots.split('\n')[0];
}

/** @param commits - the last one, after the one from where on versions are wanted, if there is one. */
async function log(
  git: GitCommand,
  commits: string[],
  path: string,
  limit: number,
): Promise<FileVersion[]> {
  const output = await git.describeObjects(
    [
      'log',
      '--first-parent',
      '--no-show-signature',
      '--format=%H %cI',
      `--max-count=${limit}`,
      commits.join('..'),
      '--',
      path,
    ],
    commits,
    { environment: WITHOUT_FETCHING },
  );
  return output
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [commit, date] = line.split(' ');
      return { commit, date };
    });
}

/** Checks if a commit is on the way back from another along first parents. It is not after a forced push. */
export async function leadsTo(
  git: GitCommand,
  earlier: string,
  later: string,
): Promise<boolean> {
  if (earlier === later) {
    return true;
  }
  // Up to the parents of the earlier one; a first commit has none.
  const { exitCode, stdout } = await git.attempt(
    ['rev-list', '--first-parent', later, '--not', `${earlier}^@`],
    { environment: WITHOUT_FETCHING },
  );
  const commits = stdout.toString('utf8').split('\n');
  return exitCode === 0 && commits.includes(earlier);
}
