import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './directories.mjs';

const IGNORED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * A digest of the names and contents of files and directories in the checkout.
 *
 * @param {string[]} paths - relative to the checkout; missing ones are left out
 * @param {(path: string) => boolean} [includes] - selects files of directories; all by default
 */
export function fingerprint(paths, includes = () => true) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(path => filesBelow(path, includes))) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesBelow(path, includes) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) {
    return [];
  }
  if (!statSync(absolute).isDirectory()) {
    return [path];
  }
  return readdirSync(absolute, { withFileTypes: true })
    .filter(entry => !IGNORED.has(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(entry => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(child, includes) : [child];
    })
    .filter(file => includes(file));
}
