import { join, resolve } from 'node:path';

/** Domain of the test, whose names are all of this machine (`resolveNames.cjs`). Production refuses `localhost`. */
export const DOMAIN = 'acme.test';

/** Where all systems are behind TLS, by their names. */
export const GATEWAY_PORT = 7443;

/** The address of a system as browsers and the portal know it. */
export const addressOf = (system: string) =>
  `https://${system}.${DOMAIN}:${GATEWAY_PORT}`;

export const root = resolve(__dirname, '../..');

/** Logs of the portal and of the systems. */
export const logDirectory = join(root, '.data/production-test');
