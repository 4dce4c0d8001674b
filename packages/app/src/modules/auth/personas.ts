import type { ConfigApi } from '@backstage/core-plugin-api';

/** A user that anyone who reaches the portal may sign in as. */
export interface Persona {
  /** Name of the catalog User entity. */
  user: string;
  title: string;
  description: string;
}

/** Reads the personas; empty when sign-in uses an OpenID Connect provider. */
export function readPersonas(config: ConfigApi): Persona[] {
  const personas = config
    .getOptionalConfig('auth.providers.sandbox')
    ?.getOptionalConfigArray('personas');
  return (personas ?? []).map(persona => ({
    user: persona.getString('user'),
    title: persona.getString('title'),
    description: persona.getString('description'),
  }));
}

const STORAGE_KEY = 'ml-platform-persona';

/** The persona last signed in with in this browser, until sign-out. */
export const rememberedPersona = {
  read: (): string | undefined =>
    window.localStorage.getItem(STORAGE_KEY) ?? undefined,
  write: (user: string) => window.localStorage.setItem(STORAGE_KEY, user),
  forget: () => window.localStorage.removeItem(STORAGE_KEY),
};
