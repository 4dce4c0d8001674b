import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

export interface FileEntry {
  /** Relative to the root. */
  path: string;
  symbolicLink: boolean;
}

/** Lists files below a directory without following links; empty when the directory does not exist. */
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

/** Lists the names of the directories in a directory; empty when it does not exist. */
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

/** Reads the status of a path. @returns undefined when nothing exists there. */
export async function fileStatus(root: string, file: string) {
  return lstat(path.join(root, file)).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
    throw error;
  }
  return undefined;
}
