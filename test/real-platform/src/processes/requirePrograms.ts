import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * Checks early that programs are installed.
 *
 * @param programs - purposes by name
 * @throws an error with all missing programs
 */
export async function requirePrograms(
  programs: Record<string, string>,
): Promise<void> {
  const missing: string[] = [];
  for (const [name, purpose] of Object.entries(programs)) {
    if (!(await isOnPath(name))) {
      missing.push(`${name} (${purpose})`);
    }
  }
  if (missing.length) {
    throw new Error(`Please install: ${missing.join(', ')}`);
  }
}

async function isOnPath(name: string): Promise<boolean> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    try {
      await access(join(directory, name), constants.X_OK);
      return true;
    } catch {
      // Not in this directory.
    }
  }
  return false;
}
