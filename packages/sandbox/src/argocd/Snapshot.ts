import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../git/runGit';

/** The platform repository at one commit: its tree's ids, and its files on disk. */
export interface Snapshot {
  commit: string;
  /** A private checkout. Symbolic links are plain files in it. */
  directory: string;
  /** Directories and their tree ids: equal ids, equal content. */
  trees: Map<string, string>;
}

/** The commit of a branch; undefined before its first. Cheap enough to ask each second. */
export async function readHead(
  repositoryDirectory: string,
  branch: string,
): Promise<string | undefined> {
  const loose = await readFile(
    join(repositoryDirectory, 'refs', 'heads', branch),
    'utf8',
  ).catch(() => '');
  if (/^[0-9a-f]{40}\n$/.test(loose)) {
    return loose.trim();
  }
  const output = await runGit(
    ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`],
    { directory: repositoryDirectory },
  );
  return output.toString().trim() || undefined;
}

export async function takeSnapshot(
  repositoryDirectory: string,
  commit: string,
): Promise<Snapshot> {
  const listing = await runGit(
    ['ls-tree', '-r', '-t', '-z', '--full-tree', commit],
    { directory: repositoryDirectory },
  );
  const trees = new Map<string, string>();
  for (const record of listing.toString().split('\0')) {
    const match = /^\d+ tree ([0-9a-f]+)\t(.*)$/s.exec(record);
    if (match) {
      trees.set(match[2], match[1]);
    }
  }
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-argocd-'));
  const options = {
    directory,
    environment: {
      GIT_DIR: repositoryDirectory,
      GIT_WORK_TREE: directory,
      GIT_INDEX_FILE: join(directory, '.index'),
    },
  };
  await runGit(['read-tree', commit], options);
  // A link could lead out of the checkout.
  await runGit(
    ['-c', 'core.symlinks=false', 'checkout-index', '--all'],
    options,
  );
  return { commit, directory, trees };
}

export async function discardSnapshot({ directory }: Snapshot): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
