import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * Lists the files that a template rendered, relative to the repository's root, sorted.
 *
 * @throws InputError for links, special files, executables, and names reserved by Git.
 */
export async function listRenderedFiles(directory: string): Promise<string[]> {
  // A template may render nothing.
  await mkdir(directory, { recursive: true });
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const files: string[] = [];
  for (const entry of entries) {
    const absolute = join(entry.parentPath, entry.name);
    const path = relative(directory, absolute);
    if (entry.name.toLowerCase().startsWith('.git')) {
      throw unacceptableFileError(path, 'its name is reserved by Git');
    }
    if (entry.isDirectory()) {
      continue;
    }
    if (!entry.isFile()) {
      throw unacceptableFileError(path, 'it is a link or a special file');
    }
    /* eslint-disable-next-line no-bitwise */
    if (((await lstat(absolute)).mode & 0o111) !== 0) {
      throw unacceptableFileError(path, 'it is executable');
    }
    files.push(path);
  }
  return files.sort();
}

function unacceptableFileError(path: string, reason: string) {
  return new InputError(
    `The template renders ${path}, which is not allowed: ${reason}. Contact the owner of the template.`,
  );
}
