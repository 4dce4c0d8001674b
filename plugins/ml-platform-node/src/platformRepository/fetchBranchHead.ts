import { FETCH_COMMAND } from './fetchCommand';
import type { GitCommand } from './GitCommand';

/** See `PlatformRepository.branchHead`. */
export async function fetchBranchHead(
  git: GitCommand,
  branch: string,
): Promise<{ commit: string; parent: string } | undefined> {
  const found = await git.text([
    'ls-remote',
    '--refs',
    '--',
    'origin',
    `refs/heads/${branch}`,
  ]);
  const [commit] = found.split('\t');
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    return undefined;
  }
  await git.run([...FETCH_COMMAND, '--', 'origin', commit]);
  const parent = await git.text(['rev-parse', '--verify', `${commit}^`]);
  return { commit, parent };
}
