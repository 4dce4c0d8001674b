import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../setup/directories.mjs';

/** The personas in app-config.yaml. Requires installed packages. */
export function readPersonas() {
  const { parse } = createRequire(join(root, 'package.json'))('yaml');
  const config = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));
  return config.auth.providers.sandbox.personas;
}
