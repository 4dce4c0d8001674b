/** Ends the platform that `globalSetup` started. */
export default async function globalTeardown() {
  await globalThis.platformOfSuite?.stop();
}
