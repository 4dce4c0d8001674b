import type { BlobStore } from './BlobStore';
import { commitObjects } from './commitObjects';
import { parseConflictMarkers, type ConflictLabels } from './conflictMarkers';
import type { GitCommand } from './GitCommand';
import type {
  FileChange,
  GitIdentity,
  MergeConflict,
  MergeResult,
} from './PlatformRepository';
import { treeEntries } from './treeEntries';

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
  const current = await git.text(
    ['commit-tree', `${commit}^{tree}`, '-p', ancestor, '-m', 'Current'],
    { environment: identityEnvironment(committer) },
  );
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

/** Deletes files except those that have a new content. */
function replaceFiles(
  paths: string[],
  contents: Map<string, Buffer>,
  executables: Set<string>,
): FileChange[] {
  return [
    ...paths
      .filter(path => !contents.has(path))
      .map((path): FileChange => ({ path, deleted: true })),
    ...[...contents].map(([path, content]) => ({
      path,
      content,
      executable: executables.has(path),
    })),
  ];
}

function identityEnvironment({ name, email }: GitIdentity) {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
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
  const output = await git.text([
    'diff-tree',
    '-r',
    '-z',
    '--no-renames',
    '--raw',
    `${commit}^{tree}`,
    tree,
  ]);
  const tokens = output.split('\0');
  const changed: Array<{ path: string; id: string; mode: string }> = [];
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    const [, mode, , id] = tokens[index].slice(1).split(' ');
    changed.push({ path: tokens[index + 1], id, mode });
  }
  const written = changed.filter(({ mode }) => mode !== '000000');
  const contents = await blobs.read(written.map(({ id }) => id));
  return changed.map(({ path, id, mode }) =>
    mode === '000000'
      ? { path, deleted: true }
      : {
          path,
          content: contents.get(id) ?? Buffer.alloc(0),
          executable: mode === '100755',
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
