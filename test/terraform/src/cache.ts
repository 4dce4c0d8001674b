import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
} from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from './paths';

/**
 * Gives the directory of that name in the cache, and makes it first where it is missing. It is made beside its place, so that
 * an interrupted run leaves nothing that looks like a whole one.
 */
export async function cached(
  name: string,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(cacheDirectory, name);
  if (existsSync(directory)) {
    return directory;
  }
  await mkdir(cacheDirectory, { recursive: true });
  const unfinished = await mkdtemp(`${directory}.unfinished-`);
  try {
    await make(unfinished);
    await rename(unfinished, directory).catch(error => {
      // Another run may have been first.
      if (!existsSync(directory)) {
        throw error;
      }
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return directory;
}

/** A short digest of texts, for a name in the cache. */
export function digestOf(...texts: string[]): string {
  const digest = createHash('sha256');
  texts.forEach(text => digest.update(`${text.length}:${text}`));
  return digest.digest('hex').slice(0, 12);
}

/** A digest of what the files of a directory contain. */
export async function digestOfFiles(directory: string): Promise<string> {
  const names = (await readdir(directory)).sort();
  const texts = names.map(name => readFile(join(directory, name), 'utf8'));
  return digestOf(...names, ...(await Promise.all(texts)));
}
