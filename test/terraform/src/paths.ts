import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

// This package always runs from source, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const here = resolve(__dirname, '..');

export const terraformDirectory = resolve(here, '../../infra/terraform');

/** The stand-in provider, in Go. */
export const standInSource = join(here, 'standin');

/** The go.mod to build Terraform from if it is not installed. */
export const terraformSource = join(here, 'terraform');

/** Schemas of providers without a package, in the format of `terraform providers schema -json`. */
export const schemasDirectory = join(here, 'schemas');

/** Interfaces of the required registry modules, as `<name>-<version>.tf.json`. */
export const modulesDirectory = join(here, 'modules');

/** The cache of downloads and builds, outside the checkout so that all clones share it. */
export const cacheDirectory = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'ml-platform-portal',
  'terraform',
);
