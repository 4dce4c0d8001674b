import { readPersonas } from './personas.mjs';
import { waitFor } from './readiness.mjs';

export const PORTAL_URL = 'http://localhost:7007';

/**
 * The backend, which serves the app as well, as `runService` and `leaveService` start it.
 *
 * @param {{ configs: string[], environment?: Record<string, string> }} options - file names of the configuration at the
 *   root, later ones over earlier ones, and the variables that they name
 */
export function backend({ configs, environment }, tools) {
  return {
    name: 'backend',
    directory: 'packages/backend',
    entry: 'src/index.ts',
    args: configs.flatMap(file => ['--config', `../../${file}`]),
    // "production" would refuse the sign-in of personas; "development" would put stack traces into answers.
    environment: {
      ...tools.environment,
      ...environment,
      NODE_ENV: 'sandbox',
    },
  };
}

/** Until people can sign in: the catalog reads them after the backend is ready. */
export async function backendIsUp() {
  const [{ user }] = readPersonas();
  await waitFor(`${PORTAL_URL}/.backstage/health/v1/readiness`, {
    what: 'The backend',
    seconds: 180,
    isReady: response => response.ok,
  });
  await waitFor(`${PORTAL_URL}/api/auth/sandbox/refresh?persona=${user}`, {
    what: 'Sign-in',
    seconds: 90,
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    isReady: response => response.ok,
  });
}

/** Where the portal is, and as whom people sign in. */
export function invitation() {
  return [
    `The portal is ready. Open ${PORTAL_URL} and sign in, without a password, as`,
    ...readPersonas().map(
      ({ title, description }) => `  ${title}: ${description}`,
    ),
  ];
}
