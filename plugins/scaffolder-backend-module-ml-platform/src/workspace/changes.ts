import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { FileChange } from '@internal/plugin-ml-platform-node';
import type { RequestWorkspace } from './RequestWorkspace';

/** A file that a request adds. */
export type AddedFile = Extract<FileChange, { content: Buffer }>;

/** The files that the request adds, in the order of their paths. */
export async function readChanges(
  workspace: RequestWorkspace,
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
 * SHA-256 of a request's own diff: paths, modes and contents.
 *
 * Files may record the commit that they were made from. That commit is left out, so that the digest stays the same
 * when the repository moved on in ways that do not matter to the request.
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
