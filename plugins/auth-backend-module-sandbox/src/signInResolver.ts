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
 * Signs in as the persona's catalog user. Right after a start, the catalog has not read the users from the platform
 * repository yet, so an unknown user is retried.
 */
export function createPersonaSignInResolver(options?: {
  /** Default: 20 s. */
  timeoutMilliseconds?: number;
}): SignInResolver<Persona> {
  const timeout = options?.timeoutMilliseconds ?? 20_000;
  return async ({ result: { user } }, context) => {
    const deadline = Date.now() + timeout;
    for (;;) {
      const signIn = await signInIfKnown(user, context);
      if (signIn) {
        return signIn;
      }
      if (Date.now() >= deadline) {
        throw new ServiceUnavailableError(
          `User ${user} is not in the catalog yet. Users come from the platform repository: wait a few seconds and try again. If that does not help, check that the platform is running.`,
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
