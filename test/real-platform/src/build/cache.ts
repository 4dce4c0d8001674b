import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemsDirectory } from '../paths';
import type { System } from './systems';

/** Outside the checkout, so that every clone and every branch shares what was built. */
export function cacheDirectory(): string {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'ml-platform-portal', 'real');
}

/** The version that a system's go.mod requires, with its `v`. */
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
 * The directory that holds, or will hold, a built system. Its name ends with a digest of everything the build depends on:
 * another dependency or flag at the same version is another build.
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
