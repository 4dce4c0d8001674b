// For shells: `eval "$(node scripts/setup/environment.mjs)"` puts the fetched Node and Yarn first.
import { toolPaths } from './tools.mjs';

const path = toolPaths().environment.PATH.replaceAll("'", `'\\''`);
console.log(`export PATH='${path}'`);
