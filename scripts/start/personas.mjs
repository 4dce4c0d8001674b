import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../setup/directories.mjs';

/** Who can sign in to the sandbox, as app-config.yaml lists them. Needs the packages to be installed. */
export function readPersonas() {
  const { parse } = createRequire(join(root, 'package.json'))('yaml');
  const config = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));
  return config.auth.providers.sandbox.personas;
}
