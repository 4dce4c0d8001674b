// Prints a shell command: `eval "$(node scripts/setup/environment.mjs)"` puts the downloaded Node and Yarn first in PATH.
import { toolPaths } from './tools.mjs';

const path = toolPaths().environment.PATH.replaceAll("'", `'\\''`);
console.log(`export PATH='${path}'`);
