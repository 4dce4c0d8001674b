import { resolve } from 'node:path';

// This package is only ever run from its sources, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const packageDirectory = resolve(__dirname, '..');

/** What the platform repository of a target holds at first. */
export const platformContent = resolve(packageDirectory, 'platform');

/** What real systems answered, normalised: one file for each look at something. */
export const expectedDirectory = resolve(packageDirectory, 'expected');

/** The names of all assertions. */
export const assertionList = resolve(packageDirectory, 'assertions.txt');
