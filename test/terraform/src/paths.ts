import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

// This package is only ever run from its sources, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const here = resolve(__dirname, '..');

export const terraformDirectory = resolve(here, '../../infra/terraform');

/** The program that stands in for providers, in Go. */
export const standInSource = join(here, 'standin');

/** The go.mod from which Terraform itself is built where it is not installed. */
export const terraformSource = join(here, 'terraform');

/** Schemas of providers that no package registry has, in the format of `terraform providers schema -json`. */
export const schemasDirectory = join(here, 'schemas');

/** Interfaces of the registry modules that are called, as `<name>-<version>.tf.json`. */
export const modulesDirectory = join(here, 'modules');

/** Outside the checkout, so that every clone and every branch shares what was fetched and built. */
export const cacheDirectory = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'ml-platform-portal',
  'terraform',
);
