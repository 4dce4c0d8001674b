import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

export interface FileEntry {
  /** Relative to the root. */
  path: string;
  symbolicLink: boolean;
}

/** Files below a directory of a tree, links not followed; none when there is no such directory. */
export async function filesBelow(
  root: string,
  directory: string,
): Promise<FileEntry[]> {
  const entries = await readdir(path.join(root, directory), {
    recursive: true,
    withFileTypes: true,
  }).catch(ignoreMissing);
  return (entries ?? [])
    .filter(entry => !entry.isDirectory())
    .map(entry => ({
      path: path.relative(root, path.join(entry.parentPath, entry.name)),
      symbolicLink: entry.isSymbolicLink(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Names of the directories in a directory of a tree. */
export async function directoriesIn(
  root: string,
  directory: string,
): Promise<string[]> {
  const entries = await readdir(path.join(root, directory), {
    withFileTypes: true,
  }).catch(ignoreMissing);
  return (entries ?? [])
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

/** Undefined when there is nothing at the path. */
export async function fileStatus(root: string, file: string) {
  return lstat(path.join(root, file)).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
    throw error;
  }
  return undefined;
}
