import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The root directory of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Downloads of the setup, which `npm start -- --reset` keeps. */
export const toolsDirectory = join(root, '.tools');

/** Data of a running portal: databases, state of the sandbox, logs. */
export const dataDirectory = join(root, '.data');

export const logsDirectory = join(dataDirectory, 'logs');
