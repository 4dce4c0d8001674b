import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { assertKnownHost } from './knownHosts';
import type { Persona } from './personas';

/** Authenticates the persona named by the `persona` query parameter. */
export function createPersonaAuthenticator(options: {
  personas: Persona[];
  knownHosts: string[];
}) {
  const { personas, knownHosts } = options;
  return createProxyAuthenticator<undefined, Persona, undefined>({
    defaultProfileTransform: async persona => ({
      profile: { displayName: persona.title },
    }),
    initialize: () => undefined,
    async authenticate({ req }) {
      assertKnownHost(req.headers, knownHosts);
      // Other sites cannot send this header, so they cannot sign a visitor in.
      if (req.header('X-Requested-With') !== 'XMLHttpRequest') {
        throw new AuthenticationError('Invalid X-Requested-With header');
      }
      const persona = personas.find(({ user }) => user === req.query.persona);
      if (!persona) {
        const names = personas.map(({ user }) => user).join(', ');
        throw new InputError(`Unknown persona. Choose one of ${names}.`);
      }
      return { result: persona };
    },
  });
}
