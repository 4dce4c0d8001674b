import type { GitCommand } from './GitCommand';
import type { FileVersion } from './PlatformRepository';

/** Trees are in the partial clone, so that a path's history needs nothing from the forge. */
const WITHOUT_FETCHING = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' };

/** See `PlatformRepository.fileHistory`. */
export async function fileHistory(
  git: GitCommand,
  options: { commit: string; path: string; limit: number },
): Promise<FileVersion[]> {
  const output = await git.text(
    [
      'log',
      '--first-parent',
      '--no-show-signature',
      '--format=%H %cI',
      `--max-count=${options.limit}`,
      options.commit,
      '--',
      options.path,
    ],
    { environment: WITHOUT_FETCHING },
  );
  return output
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [commit, date] = line.split(' ');
      return { commit, date };
    });
}
