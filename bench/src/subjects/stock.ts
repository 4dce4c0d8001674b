/** The peer of our routes: a Backstage backend with the Kubernetes plugin of Backstage. Every signed-in user may read everything. */
import { createBackendModule } from '@backstage/backend-plugin-api';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import sandboxSignIn from '@internal/plugin-auth-backend-module-sandbox';
import { runBackend } from './runBackend';

const allowSignedInUsers = createBackendModule({
  pluginId: 'permission',
  moduleId: 'allow-signed-in-users',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          handle: async (_, user) => ({
            result: user ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        });
      },
    });
  },
});

runBackend([
  authPlugin,
  sandboxSignIn,
  permissionPlugin,
  allowSignedInUsers,
  catalogPlugin,
  kubernetesPlugin,
]);
