import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

// This package is only ever run from its sources, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const packageDirectory = resolve(__dirname, '..');

/** The project. */
export const checkout = resolve(packageDirectory, '../..');

/** Where the go.mod files are. */
export const systemsDirectory = resolve(packageDirectory, 'systems');

/** How kwok plays the kubelet. */
export const simulationDirectory = resolve(packageDirectory, 'kwok');

/** Definitions of projects that have no Go module to take them from; beside the checkout. */
export const sharedDefinitions = resolve(checkout, '../shared/crds');

/** Whether a cluster gets Trivy's reports, Kueue, JobSet and Trainer. */
export function hasSharedDefinitions(): boolean {
  return existsSync(sharedDefinitions);
}

/** What `up` leaves for `down`, for the portal and for people: addresses, accounts, tokens and processes. */
export const stateFile = resolve(checkout, '.data/real/platform.json');

/** Where app-config.real.yaml has the portal's database. */
export const portalDatabase = resolve(checkout, '.data/real/database');

/** For the logs of platforms that tests start. */
export const testLogDirectory = resolve(checkout, '.data/real-test');
