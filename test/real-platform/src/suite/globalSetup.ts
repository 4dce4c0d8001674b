import { rm } from 'node:fs/promises';
import { suiteLogDirectory } from '../paths';
import { startRealPlatform, type RealPlatform } from '../startRealPlatform';
import { publishPlatform } from './suitePlatform';

declare global {
  /** Kept for `globalTeardown`, which jest runs in the same process. */
  // eslint-disable-next-line no-var
  var platformOfSuite: RealPlatform | undefined;
}

/** Starts the platform that all suites of `yarn real test` share. */
export default async function globalSetup() {
  await rm(suiteLogDirectory, { recursive: true, force: true });
  const started = Date.now();
  const platform = await startRealPlatform({
    logDirectory: suiteLogDirectory,
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nThe real platform is up (${seconds} s).`);
  globalThis.platformOfSuite = platform;
  publishPlatform(platform);
}
