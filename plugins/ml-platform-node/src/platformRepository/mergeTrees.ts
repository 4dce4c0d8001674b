import type { BlobStore } from './BlobStore';
import { commitObjects, commitTree, replaceFiles } from './commitObjects';
import { parseConflictMarkers, type ConflictLabels } from './conflictMarkers';
import type { GitCommand } from './GitCommand';
import type {
  FileChange,
  GitIdentity,
  MergeConflict,
  MergeResult,
} from './PlatformRepository';
import { rawChanges } from './rawChanges';
import { EXECUTABLE_MODE, treeEntries } from './treeEntries';

/** Files that Git compares with each other to find renames; templates have fewer. */
const RENAME_LIMIT = 200;

interface MergeOptions {
  /** Commit with the current files. */
  commit: string;
  /** Contents by path, as they were generated last: the common ancestor. */
  recorded: Map<string, Buffer>;
  /** Contents by path, as they are generated now. */
  next: Map<string, Buffer>;
  committer: GitIdentity;
}

/** See `PlatformRepository.merge`. Git finds the ancestor as that of two commits; option `--merge-base` came with Git 2.40. */
export async function mergeTrees(
  git: GitCommand,
  blobs: BlobStore,
  { commit, recorded, next, committer }: MergeOptions,
): Promise<MergeResult> {
  const paths = [...new Set([...recorded.keys(), ...next.keys()])];
  const existing = await treeEntries(git, commit, paths);
  // Git would fetch what is missing file by file.
  await blobs.fetch(existing.map(({ id }) => id));
  const existingPaths = existing.map(({ path }) => path);
  // Generated files have no modes: they keep those that the files have.
  const executables = new Set(
    existing.filter(({ executable }) => executable).map(({ path }) => path),
  );
  const identity = { author: committer, committer, message: 'Merge' };
  const ancestor = await commitObjects(git, blobs, {
    ...identity,
    base: commit,
    changes: replaceFiles(existingPaths, recorded, executables),
  });
  const requested = await commitObjects(git, blobs, {
    ...identity,
    base: ancestor,
    changes: replaceFiles([...recorded.keys()], next, executables),
  });
  const current = await commitTree(git, {
    ...identity,
    base: ancestor,
    tree: `${commit}^{tree}`,
  });
  const { tree, conflicted } = await mergeTree(git, current, requested);
  const changes = await changedFiles(git, blobs, commit, tree);
  // Git's index lets a directory replace a file.
  const replaced = changes
    .filter(change => 'deleted' in change && !recorded.has(change.path))
    .map(({ path }) => path)
    .filter(file => [...next.keys()].some(path => path.startsWith(`${file}/`)));
  const inConflict = [...conflicted, ...replaced];
  return {
    changes: changes.filter(({ path }) => !inConflict.includes(path)),
    conflicts: inConflict.flatMap(path =>
      conflictsIn(path, changes, { current, requested }),
    ),
  };
}

async function mergeTree(
  git: GitCommand,
  current: string,
  requested: string,
): Promise<{ tree: string; conflicted: string[] }> {
  const command = [
    '-c',
    'merge.conflictStyle=merge',
    '-c',
    `merge.renameLimit=${RENAME_LIMIT}`,
    'merge-tree',
    '--write-tree',
    '--name-only',
    '--no-messages',
    '-z',
    current,
    requested,
  ];
  const result = await git.attempt(command);
  if (result.exitCode > 1) {
    throw git.failure(command, result);
  }
  const [tree, ...conflicted] = result.stdout
    .toString('utf8')
    .split('\0')
    .filter(token => token !== '');
  return { tree, conflicted: [...new Set(conflicted)] };
}

/** Files that differ between a commit and a tree. */
async function changedFiles(
  git: GitCommand,
  blobs: BlobStore,
  commit: string,
  tree: string,
): Promise<FileChange[]> {
  const changed = await rawChanges(git, `${commit}^{tree}`, tree);
  const contents = await blobs.read(
    changed.filter(({ status }) => status !== 'D').map(({ after }) => after.id),
  );
  return changed.map(({ path, status, after }) =>
    status === 'D'
      ? { path, deleted: true }
      : {
          path,
          content: contents.get(after.id) ?? Buffer.alloc(0),
          executable: after.mode === EXECUTABLE_MODE,
        },
  );
}

function conflictsIn(
  path: string,
  changes: FileChange[],
  labels: ConflictLabels,
): MergeConflict[] {
  const change = changes.find(file => file.path === path);
  const found =
    change && 'content' in change
      ? parseConflictMarkers(change.content.toString('utf8'), labels)
      : [];
  return found.length > 0
    ? found.map(conflict => ({ path, ...conflict }))
    : [{ path }];
}
