import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { readPersonas } from './personas';
import { createPersonaAuthenticator } from './authenticator';
import { readKnownHosts } from './knownHosts';
import { createPersonaSignInResolver } from './signInResolver';

/** Persona sign-in: `GET /api/auth/sandbox/refresh?persona=<user>` signs in without a password. */
export const authModuleSandbox = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sandbox',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        const personas = readPersonas(config);
        if (!personas) {
          logger.info(
            'Persona sign-in is off: auth.providers.sandbox is not set',
          );
          return;
        }
        providers.registerProvider({
          providerId: 'sandbox',
          factory: createProxyAuthProviderFactory({
            authenticator: createPersonaAuthenticator({
              personas,
              knownHosts: readKnownHosts(config),
            }),
            signInResolver: createPersonaSignInResolver(),
          }),
        });
      },
    });
  },
});
