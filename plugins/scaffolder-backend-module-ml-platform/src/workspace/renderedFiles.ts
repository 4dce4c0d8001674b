import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * Lists the files that a template rendered, relative to the repository's root, sorted.
 *
 * @throws InputError for anything but plain files: links, executables, and names that mean something to Git.
 */
export async function listRenderedFiles(directory: string): Promise<string[]> {
  // A template may have rendered nothing at all.
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
      throw refused(path, 'its name means something to Git or to the forge');
    }
    if (entry.isDirectory()) {
      continue;
    }
    if (!entry.isFile()) {
      throw refused(path, 'it is a link or a special file');
    }
    /* eslint-disable-next-line no-bitwise */
    if (((await lstat(absolute)).mode & 0o111) !== 0) {
      throw refused(path, 'it is executable');
    }
    files.push(path);
  }
  return files.sort();
}

function refused(path: string, reason: string) {
  return new InputError(
    `The template renders ${path}, which cannot be requested: ${reason}. Tell the owner of the template.`,
  );
}
