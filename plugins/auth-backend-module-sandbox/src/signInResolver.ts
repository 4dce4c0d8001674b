import { setTimeout } from 'node:timers/promises';
import {
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  AuthResolverContext,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import type { Persona } from './personas';

const RETRY_MILLISECONDS = 500;

/**
 * Signs in as the catalog user of the persona.
 *
 * @param options - `patienceMilliseconds`: how long to wait for a catalog that has just started and is still reading
 *   the people from the platform repository. Default: 20 s.
 */
export function createPersonaSignInResolver(options?: {
  patienceMilliseconds?: number;
}): SignInResolver<Persona> {
  const patience = options?.patienceMilliseconds ?? 20_000;
  return async ({ result: { user } }, context) => {
    const deadline = Date.now() + patience;
    for (;;) {
      const signIn = await signInIfKnown(user, context);
      if (signIn) {
        return signIn;
      }
      if (Date.now() >= deadline) {
        throw new ServiceUnavailableError(
          `The catalog does not know the user ${user} yet. It reads people from the platform repository: wait a few seconds and try again. If that does not help, check that the platform is running.`,
        );
      }
      await setTimeout(RETRY_MILLISECONDS);
    }
  };
}

async function signInIfKnown(user: string, context: AuthResolverContext) {
  try {
    return await context.signInWithCatalogUser({
      entityRef: { kind: 'User', namespace: 'default', name: user },
    });
  } catch (error) {
    const starting = ResponseError.is(error) && error.statusCode === 503;
    if (starting || NotFoundError.is(error)) {
      return undefined;
    }
    throw error;
  }
}
