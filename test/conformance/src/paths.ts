import { resolve } from 'node:path';

// This package always runs from source, in a checkout.
// eslint-disable-next-line no-restricted-syntax
const packageDirectory = resolve(__dirname, '..');

/** The initial content of a target's platform repository. */
export const platformContent = resolve(packageDirectory, 'platform');

/** Normalised responses of real systems, one file each. */
export const expectedDirectory = resolve(packageDirectory, 'expected');

/** The names of all assertions. */
export const assertionList = resolve(packageDirectory, 'assertions.txt');

/** Go module of a client that uses Gitea's SDK. */
export const goClient = resolve(packageDirectory, 'go-sdk');
