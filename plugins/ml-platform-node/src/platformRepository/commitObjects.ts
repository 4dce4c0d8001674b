import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import type { BlobStore } from './BlobStore';
import type { GitCommand } from './GitCommand';
import type { FileChange, GitIdentity } from './PlatformRepository';

const NO_OBJECT = '0'.repeat(40);

/** Creates a commit with a temporary index and no work tree; see `PlatformRepository.commit`. */
export async function commitObjects(
  git: GitCommand,
  blobs: BlobStore,
  options: {
    base: string;
    changes: FileChange[];
    message: string;
    author: GitIdentity;
    committer: GitIdentity;
  },
): Promise<string> {
  const { base, changes } = options;
  const directory = await mkdtemp(path.join(git.directory, 'commit-'));
  try {
    const environment = { GIT_INDEX_FILE: path.join(directory, 'index') };
    const indexInfo = await storeContents(directory, blobs, changes);
    await git.run(['read-tree', base], { environment });
    await updateIndex(git, environment, indexInfo);
    const tree = await git.text(['write-tree', '--missing-ok'], {
      environment,
    });
    return await commitTree(git, { ...options, tree });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Commits a tree on a base, with the base's date: the same change always gives the same commit. */
export async function commitTree(
  git: GitCommand,
  options: {
    base: string;
    tree: string;
    message: string;
    author: GitIdentity;
    committer: GitIdentity;
  },
): Promise<string> {
  const { base, tree, message, author, committer } = options;
  const seconds = await git.describeObjects(
    ['show', '--no-patch', '--format=%ct', base, '--'],
    [base],
  );
  const date = `${seconds.toString('utf8').trimEnd()} +0000`;
  return git.text(['commit-tree', tree, '-p', base, '-F', '-'], {
    input: message,
    environment: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: date,
    },
  });
}

/** Changes that leave of some files only those with a new content. */
export function replaceFiles(
  paths: Iterable<string>,
  contents: Map<string, Buffer>,
  executables: ReadonlySet<string> = new Set(),
): FileChange[] {
  return [
    ...[...paths]
      .filter(file => !contents.has(file))
      .map((file): FileChange => ({ path: file, deleted: true })),
    ...[...contents].map(([file, content]) => ({
      path: file,
      content,
      executable: executables.has(file),
    })),
  ];
}

/** Stores the written files as blobs. @returns the input for `update-index -z --index-info`. */
async function storeContents(
  directory: string,
  blobs: BlobStore,
  changes: FileChange[],
): Promise<string> {
  const written = changes.filter(change => 'content' in change);
  const files = written.map((_, index) => path.join(directory, String(index)));
  await Promise.all(
    written.map(({ content }, index) => writeFile(files[index], content)),
  );
  const ids = files.length > 0 ? await blobs.write(files) : [];
  const lines = written.map(
    ({ path: file, executable }, index) =>
      `${executable ? '100755' : '100644'} ${ids[index]}\t${file}\0`,
  );
  const deletions = changes
    .filter(change => 'deleted' in change)
    .map(change => `0 ${NO_OBJECT}\t${change.path}\0`);
  // Deletions first: a directory may replace a file of the same name.
  return [...deletions, ...lines].join('');
}

async function updateIndex(
  git: GitCommand,
  environment: Record<string, string>,
  input: string,
) {
  const command = ['update-index', '-z', '--index-info'];
  const result = await git.attempt(command, { environment, input });
  if (result.exitCode !== 0) {
    throw git.failure(command, result);
  }
  // Git skips paths that it refuses, for example `.git/…`, with no more than a warning.
  if (result.stderr !== '') {
    throw new InputError(
      'A path of this change cannot be in a Git repository. Nothing was changed.',
    );
  }
}
