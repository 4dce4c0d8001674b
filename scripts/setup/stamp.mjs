import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toolsDirectory } from './directories.mjs';

/** A file with the fingerprint of the last inputs of a task, so that the task is not repeated. */
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
