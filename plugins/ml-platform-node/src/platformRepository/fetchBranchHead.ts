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
  await git.run([
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--recurse-submodules=no',
    '--filter=blob:none',
    '--',
    'origin',
    commit,
  ]);
  const parent = await git.text(['rev-parse', '--verify', `${commit}^`]);
  return { commit, parent };
}
