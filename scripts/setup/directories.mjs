import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the set-up fetches; survives `npm start -- --reset`. */
export const toolsDirectory = join(root, '.tools');

/** What running the portal leaves behind: databases, the sandbox's state, logs. */
export const dataDirectory = join(root, '.data');

export const logsDirectory = join(dataDirectory, 'logs');
