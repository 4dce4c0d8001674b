import type { ChangedFile } from '@internal/plugin-ml-platform-common';
import type { BlobStore } from './BlobStore';
import type { GitCommand } from './GitCommand';
import { COMPARE, hasContent, rawChanges } from './rawChanges';

/** Explicit like `COMPARE`: people approve this diff. */
const PATCH = [
  ...COMPARE,
  '--patch',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--full-index',
  '--diff-algorithm=myers',
  '--indent-heuristic',
  '--unified=3',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** Change by Git's status letter; others (M, T) are modifications. */
const CHANGES: Record<string, ChangedFile['change'] | undefined> = {
  A: 'added',
  D: 'deleted',
};

/** See `PlatformRepository.diff`. */
export async function fileDiffs(
  git: GitCommand,
  blobs: BlobStore,
  base: string,
  commit: string,
): Promise<ChangedFile[]> {
  const changes = await rawChanges(git, base, commit);
  await blobs.fetch(
    changes
      .flatMap(({ before, after }) => [before, after])
      .filter(hasContent)
      .map(({ id }) => id),
  );
  const [numbers, patch] = await Promise.all([
    git.run([...COMPARE, '--numstat', '-z', base, commit, '--']),
    git.run([...PATCH, base, commit, '--']),
  ]);
  const counts = parseNumstat(numbers.toString('utf8'));
  // Lines of contents cannot match: they start with a space, "+" or "-".
  const patches = patch.toString('utf8').split(/^(?=diff --git )/m);
  return changes.map(({ path, status }) => ({
    path,
    change: CHANGES[status] ?? 'modified',
    // Git prints a file that becomes a link (T) as a deletion and an addition.
    diff: patches.splice(0, status === 'T' ? 2 : 1).join(''),
    ...(counts.get(path) ?? { additions: 0, deletions: 0 }),
  }));
}

/** Parses a sequence of `<additions>\t<deletions>\t<path>\0`, with "-" for binary files. */
function parseNumstat(output: string) {
  return new Map(
    output
      .split('\0')
      .filter(line => line !== '')
      .map(line => {
        const [additions, deletions, ...path] = line.split('\t');
        return [
          path.join('\t'),
          {
            additions: Number(additions) || 0,
            deletions: Number(deletions) || 0,
          },
        ] as const;
      }),
  );
}
