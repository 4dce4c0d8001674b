import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

// This package always runs from source, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const packageDirectory = resolve(__dirname, '..');

/** The root directory of the checkout. */
export const checkout = resolve(packageDirectory, '../..');

/** The directory of the go.mod files. */
export const systemsDirectory = resolve(packageDirectory, 'systems');

/** The configuration of kwok. */
export const simulationDirectory = resolve(packageDirectory, 'kwok');

/** CustomResourceDefinitions of projects without a usable Go module, beside the checkout. */
export const sharedDefinitions = resolve(checkout, '../shared/crds');

/** Checks for the definitions of Trivy's reports, Kueue, JobSet and Trainer. */
export function hasSharedDefinitions(): boolean {
  return existsSync(sharedDefinitions);
}

/** The state of a running platform: URLs, accounts, tokens and processes. */
export const stateFile = resolve(checkout, '.data/real/platform.json');

/** The database directory in app-config.real.yaml. */
export const portalDatabase = resolve(checkout, '.data/real/database');

/** Logs of platforms that tests start. */
export const testLogDirectory = resolve(checkout, '.data/real-test');
