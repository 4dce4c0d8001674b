import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { mlPlatformPermissions } from '@internal/plugin-ml-platform-common';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
  teamResourceRef,
  teamRules,
} from '@internal/plugin-ml-platform-node';
import { TeamAccess } from './access/TeamAccess';
import { createDashboardsRouter } from './dashboards/dashboardsRouter';
import { GrafanaDashboards } from './dashboards/GrafanaDashboards';
import { FindingsReader } from './findings/FindingsReader';
import { assertClustersExist } from './platform/assertClustersExist';
import { createPlatformRouter } from './platform/platformRouter';
import { TenantReader } from './platform/TenantReader';
import { createPodsRouter } from './pods/podsRouter';
import { createRouter } from './router';
import { WorkloadReader } from './workloads/WorkloadReader';
import { createWorkloadsRouter } from './workloads/workloadsRouter';

/** What the ML platform's pages read and what its forms ask. */
export const mlPlatformPlugin = createBackendPlugin({
  pluginId: 'ml-platform',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        repository: platformRepositoryServiceRef,
        rootConfig: coreServices.rootConfig,
        store: clusterStoreServiceRef,
      },
      async init({
        catalog,
        httpAuth,
        httpRouter,
        permissions,
        permissionsRegistry,
        repository,
        rootConfig,
        store,
      }) {
        permissionsRegistry.addResourceType({
          resourceRef: teamResourceRef,
          permissions: mlPlatformPermissions,
          rules: Object.values(teamRules),
          getResources: async teams => teams.map(team => ({ team })),
        });
        const config = readMlPlatformConfig(rootConfig);
        assertClustersExist(config, store);
        const authorizer = createTeamAuthorizer(permissions);
        const access = TeamAccess.create({ httpAuth, authorizer });
        httpRouter.use(
          createRouter([
            createPlatformRouter({
              httpAuth,
              authorizer,
              config,
              tenants: TenantReader.create({ repository, catalog, config }),
            }),
            createWorkloadsRouter({
              access,
              workloads: WorkloadReader.create({ store, repository, config }),
              findings: FindingsReader.create({ store, config }),
            }),
            createDashboardsRouter({
              access,
              dashboards: GrafanaDashboards.create({ grafana: config.grafana }),
            }),
            createPodsRouter({ access, store }),
          ]),
        );
      },
    });
  },
});
