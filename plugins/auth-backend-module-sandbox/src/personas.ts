import type { Config } from '@backstage/config';
import { LOOPBACK } from './knownHosts';

/** A user that anyone who reaches the portal may sign in as. */
export interface Persona {
  /** Name of the catalog User entity in namespace `default`. */
  user: string;
  title: string;
}

/**
 * Reads `auth.providers.sandbox`.
 *
 * @returns undefined when it is not set, as in production.
 * @throws when it is set in production, or where others can reach a portal of a real platform.
 */
export function readPersonas(rootConfig: Config): Persona[] | undefined {
  const config = rootConfig.getOptionalConfig('auth.providers.sandbox');
  if (!config) {
    return undefined;
  }
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'Persona sign-in signs anyone in without a password and does not load in production. Set auth.providers.sandbox to null in the production configuration.',
    );
  }
  const sandbox = rootConfig.getOptionalBoolean('mlPlatform.sandbox') ?? false;
  if (!sandbox && !listensOnLoopback(rootConfig)) {
    throw new Error(
      'Persona sign-in signs anyone in without a password. With a real platform it loads only when the backend listens on loopback. Set auth.providers.sandbox to null, or backend.listen.host to 127.0.0.1.',
    );
  }
  return config.getConfigArray('personas').map(persona => ({
    user: persona.getString('user'),
    title: persona.getString('title'),
  }));
}

/** Unset means every interface. `backend.listen` is an object or a string such as `:7007`. */
function listensOnLoopback(rootConfig: Config): boolean {
  const listen = rootConfig.getOptional<string | { host?: string }>(
    'backend.listen',
  );
  const host =
    typeof listen === 'string' ? listen.replace(/:\d+$/, '') : listen?.host;
  return host !== undefined && LOOPBACK.includes(host);
}
