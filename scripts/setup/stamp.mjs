import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toolsDirectory } from './directories.mjs';

/** Remembers for which inputs a piece of work was last done, so that it is not done again. */
export function stamp(name) {
  const file = join(toolsDirectory, 'done', name);
  return {
    matches(fingerprint) {
      try {
        return readFileSync(file, 'utf8') === fingerprint;
      } catch {
        return false;
      }
    },
    write(fingerprint) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, fingerprint);
    },
  };
}
