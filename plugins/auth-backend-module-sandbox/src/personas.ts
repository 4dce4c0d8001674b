import type { Config } from '@backstage/config';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Somebody whom anyone who reaches the portal may sign in as. */
export interface Persona {
  /** Name of the catalog User entity in namespace `default`. */
  user: string;
  title: string;
}

/**
 * Reads `auth.providers.sandbox`.
 *
 * @returns undefined when there is none, as in production: the module is part of every backend.
 * @throws when it is configured where a sign-in without a password would let anyone in.
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
      'Persona sign-in signs anyone in without a password. With a real platform it loads only while nobody but this machine reaches the portal. Set auth.providers.sandbox to null, or backend.listen.host to 127.0.0.1.',
    );
  }
  return config.getConfigArray('personas').map(persona => ({
    user: persona.getString('user'),
    title: persona.getString('title'),
  }));
}

/** The backend's default is every interface, and `listen` may also be a string such as `:7007`. */
function listensOnLoopback(rootConfig: Config): boolean {
  const listen = rootConfig.getOptional<string | { host?: string }>(
    'backend.listen',
  );
  const host =
    typeof listen === 'string' ? listen.replace(/:\d+$/, '') : listen?.host;
  return host !== undefined && LOOPBACK.includes(host);
}
