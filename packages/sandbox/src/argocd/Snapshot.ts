import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../git/runGit';

/** The platform repository at one commit: its tree ids, and its files on disk. */
export interface Snapshot {
  commit: string;
  /** A temporary checkout, in which symbolic links are plain files. */
  directory: string;
  /** Tree ids by directory; equal ids have equal content. */
  trees: Map<string, string>;
  /** Blob ids by file. */
  files: Map<string, string>;
}

/** Reads the head of a branch; undefined before its first commit. Cheap, because it is polled each second. */
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

/** Checks out a commit into a temporary directory. */
export async function takeSnapshot(
  repositoryDirectory: string,
  commit: string,
): Promise<Snapshot> {
  const listing = await runGit(
    ['ls-tree', '-r', '-t', '-z', '--full-tree', commit],
    { directory: repositoryDirectory },
  );
  const trees = new Map<string, string>();
  const files = new Map<string, string>();
  for (const record of listing.toString().split('\0')) {
    const [, type, id, path] =
      /^\d+ (tree|blob) ([0-9a-f]+)\t(.*)$/s.exec(record) ?? [];
    if (type) {
      (type === 'tree' ? trees : files).set(path, id);
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
  // A symbolic link could point out of the checkout.
  await runGit(
    ['-c', 'core.symlinks=false', 'checkout-index', '--all'],
    options,
  );
  return { commit, directory, trees, files };
}

/** Deletes the checkout of a snapshot. */
export async function discardSnapshot({ directory }: Snapshot): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
