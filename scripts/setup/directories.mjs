import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root directory of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Downloads of the setup, which `npm start -- --reset` keeps. */
export const toolsDirectory = join(root, '.tools');

/** Data of a running portal: databases, state of the sandbox, logs. */
export const dataDirectory = join(root, '.data');

export const logsDirectory = join(dataDirectory, 'logs');

/**
 * Makes a directory below `dataDirectory`. Other users of the machine can read nothing of that, also not what was written
 * before.
 */
export function makeDataDirectory(directory) {
  mkdirSync(directory, { recursive: true });
  chmodSync(dataDirectory, 0o700);
}
