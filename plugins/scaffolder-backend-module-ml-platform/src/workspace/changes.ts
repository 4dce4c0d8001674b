import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { FileChange } from '@internal/plugin-ml-platform-node';
import type { ChangeRequestWorkspace } from './ChangeRequestWorkspace';

/** A file that a change request adds. */
export type AddedFile = Extract<FileChange, { content: Buffer }>;

/** Files that the change request adds, sorted by path. */
export async function readChanges(
  workspace: ChangeRequestWorkspace,
): Promise<AddedFile[]> {
  const { added } = await workspace.merged();
  return Promise.all(
    added.map(async path => ({
      path,
      content: await readFile(
        resolveSafeChildPath(workspace.renderedDirectory, path),
      ),
    })),
  );
}

/**
 * SHA-256 of a change: paths, modes and contents.
 *
 * The base commit, which files may record, is masked: the digest changes only when the change itself does, not whenever the
 * repository moves on.
 */
export function digestOf(changes: AddedFile[], baseCommit: string): string {
  const hash = createHash('sha256');
  for (const { path, content } of changes) {
    const independent = content
      .toString('latin1')
      .replaceAll(baseCommit, '<base>');
    hash.update(JSON.stringify([path, '100644', independent.length]));
    hash.update(independent, 'latin1');
  }
  return hash.digest('hex');
}
