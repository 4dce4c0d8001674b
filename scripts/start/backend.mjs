import { readPersonas } from './personas.mjs';
import { waitFor } from './readiness.mjs';

export const PORTAL_URL = 'http://localhost:7007';

/**
 * The backend, which also serves the app, as a service for `runService` or `startDetached`.
 *
 * @param {{ configs: string[], environment?: Record<string, string> }} options - configuration files in the root directory,
 *   where later ones override earlier ones, and the variables that they use
 */
export function backend({ configs, environment }, tools) {
  return {
    name: 'backend',
    directory: 'packages/backend',
    entry: 'src/index.ts',
    args: configs.flatMap(file => ['--config', `../../${file}`]),
    // "production" rejects the sign-in of personas; "development" adds stack traces to responses.
    environment: {
      ...tools.environment,
      ...environment,
      NODE_ENV: 'sandbox',
    },
  };
}

/** Waits until users can sign in: the catalog reads them after the backend is ready. */
export async function waitForBackend() {
  const [{ user }] = readPersonas();
  await waitFor(`${PORTAL_URL}/.backstage/health/v1/readiness`, {
    what: 'The backend',
    seconds: 600,
    isReady: response => response.ok,
  });
  await waitFor(`${PORTAL_URL}/api/auth/sandbox/refresh?persona=${user}`, {
    what: 'Sign-in',
    seconds: 300,
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    isReady: response => response.ok,
  });
}

/** The address of the portal, and the personas for sign-in. */
export function signInInstructions() {
  return [
    `The portal is ready. Open ${PORTAL_URL} and sign in without a password as`,
    ...readPersonas().map(
      ({ title, description }) => `  ${title}: ${description}`,
    ),
  ];
}
