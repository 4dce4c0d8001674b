import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { kubernetesObjectsProviderExtensionPoint } from '@backstage/plugin-kubernetes-node';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
} from '@internal/plugin-ml-platform-node';
import { TeamObjectsProvider } from './TeamObjectsProvider';

/** Limits the Kubernetes plugin's routes to the namespaces of the caller's teams. */
export const kubernetesModuleMlPlatform = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'ml-platform',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        objectsProvider: kubernetesObjectsProviderExtensionPoint,
        permissions: coreServices.permissions,
        store: clusterStoreServiceRef,
      },
      async init({ auth, objectsProvider, permissions, store }) {
        objectsProvider.addObjectsProvider(
          async ({ clusterSupplier, customResources, objectTypesToFetch }) =>
            new TeamObjectsProvider({
              auth,
              authorizer: createTeamAuthorizer(permissions),
              store,
              clusterSupplier,
              objectTypes: objectTypesToFetch ?? [],
              customResources,
            }),
        );
      },
    });
  },
});
