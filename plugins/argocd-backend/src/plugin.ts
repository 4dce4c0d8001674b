import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  platformRepositoryServiceRef,
} from '@internal/plugin-ml-platform-node';
import { ApplicationReader } from './ApplicationReader';
import { readFrontendUrl } from './frontendUrl';
import { createRouter } from './router';

/** Read-only Argo CD routes for the Argo CD cards, authorised by team. */
export const argocdPlugin = createBackendPlugin({
  pluginId: 'argocd',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        repository: platformRepositoryServiceRef,
        store: clusterStoreServiceRef,
      },
      async init({
        config,
        httpAuth,
        httpRouter,
        permissions,
        repository,
        store,
      }) {
        httpRouter.use(
          createRouter({
            httpAuth,
            authorizer: createTeamAuthorizer(permissions),
            applications: new ApplicationReader({ store }),
            repository,
            frontendUrl: readFrontendUrl(config),
          }),
        );
      },
    });
  },
});
