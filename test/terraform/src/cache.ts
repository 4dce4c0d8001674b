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
 * Returns a directory of the cache, and fills it first if it is missing. It is filled under another name, so that an
 * interrupted run does not leave an incomplete one.
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
      // Another process may have filled it.
      if (!existsSync(directory)) {
        throw error;
      }
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return directory;
}

/** A short digest of texts, for names in the cache. */
export function digestOf(...texts: string[]): string {
  const digest = createHash('sha256');
  texts.forEach(text => digest.update(`${text.length}:${text}`));
  return digest.digest('hex').slice(0, 12);
}

/** A digest of the contents of a directory's files. */
export async function digestOfFiles(directory: string): Promise<string> {
  const names = (await readdir(directory)).sort();
  const texts = names.map(name => readFile(join(directory, name), 'utf8'));
  return digestOf(...names, ...(await Promise.all(texts)));
}
