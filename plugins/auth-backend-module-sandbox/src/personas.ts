import type { Config } from '@backstage/config';

/** Somebody whom anyone may sign in as, while the sandbox plays the platform. */
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
  if (rootConfig.getOptionalBoolean('mlPlatform.sandbox') !== true) {
    throw new Error(
      'Persona sign-in signs anyone in without a password and loads with the sandbox only. Set auth.providers.sandbox to null, or mlPlatform.sandbox to true.',
    );
  }
  return config.getConfigArray('personas').map(persona => ({
    user: persona.getString('user'),
    title: persona.getString('title'),
  }));
}
