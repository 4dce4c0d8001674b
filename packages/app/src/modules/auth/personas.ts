import type { ConfigApi } from '@backstage/core-plugin-api';

/** Somebody whom anyone may sign in as, while the sandbox plays the platform. */
export interface Persona {
  /** Name of the catalog User entity. */
  user: string;
  title: string;
  description: string;
}

export function readPersonas(config: ConfigApi): Persona[] {
  const personas = config.getOptionalConfigArray(
    'auth.providers.sandbox.personas',
  );
  return (personas ?? []).map(persona => ({
    user: persona.getString('user'),
    title: persona.getString('title'),
    description: persona.getString('description'),
  }));
}

const STORAGE_KEY = 'ml-platform-persona';

/** The persona that this browser signed in as last, until they sign out. */
export const rememberedPersona = {
  read: (): string | undefined =>
    window.localStorage.getItem(STORAGE_KEY) ?? undefined,
  write: (user: string) => window.localStorage.setItem(STORAGE_KEY, user),
  forget: () => window.localStorage.removeItem(STORAGE_KEY),
};
