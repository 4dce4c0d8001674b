import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemsDirectory } from '../paths';
import type { System } from './systems';

/** The cache of built systems, outside the checkout so that all clones share it. */
export function cacheDirectory(): string {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'ml-platform-portal', 'real');
}

/** The version in a system's go.mod, with its `v`. */
export async function versionOf(system: System): Promise<string> {
  const file = join(systemsDirectory, system.name, 'go.mod');
  const lines = (await readFile(file, 'utf8')).split('\n');
  for (const line of lines) {
    const [module, version] = line.replace('require ', '').trim().split(/\s+/);
    if (module === system.module && version?.startsWith('v')) {
      return version;
    }
  }
  throw new Error(`${system.name}/go.mod does not require ${system.module}`);
}

/**
 * The directory of a built system, which may not exist yet. Its name ends with a digest of all inputs of the build,
 * including dependencies and flags.
 */
export async function buildDirectory(system: System): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(system));
  for (const file of ['go.mod', 'go.sum']) {
    digest.update(await readFile(join(systemsDirectory, system.name, file)));
  }
  const suffix = digest.digest('hex').slice(0, 8);
  const version = await versionOf(system);
  return join(cacheDirectory(), `${system.name}-${version}-${suffix}`);
}
