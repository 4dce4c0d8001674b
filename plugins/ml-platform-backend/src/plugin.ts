import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { mlPlatformPermissions } from '@internal/plugin-ml-platform-common';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  forgeServiceRef,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
  teamResourceRef,
  teamRules,
} from '@internal/plugin-ml-platform-node';
import { TeamAccess } from './access/TeamAccess';
import { answerKey } from './answers/answerKey';
import { createDashboardsRouter } from './dashboards/dashboardsRouter';
import { GrafanaDashboards } from './dashboards/GrafanaDashboards';
import { createSingleWriter } from './database/createSingleWriter';
import { openDatabase } from './database/openDatabase';
import { FindingsReader } from './findings/FindingsReader';
import { createNamesRouter } from './names/namesRouter';
import { WorkloadNames } from './names/WorkloadNames';
import { assertClustersExist } from './platform/assertClustersExist';
import { createPlatformRouter } from './platform/platformRouter';
import { TenantReader } from './platform/TenantReader';
import { createPodsRouter } from './pods/podsRouter';
import { DryRunErrors } from './preview/DryRunErrors';
import { createPreviewRouter } from './preview/previewRouter';
import { RequestPreview } from './preview/RequestPreview';
import { TemplateContents } from './preview/TemplateContents';
import { createRouter } from './router';
import { DeploymentReader } from './workloads/DeploymentReader';
import { TeamOverview } from './workloads/TeamOverview';
import { createTeamsRouter } from './workloads/teamsRouter';
import { TeamStates } from './workloads/TeamStates';
import { WorkloadReader } from './workloads/WorkloadReader';
import { createWorkloadsRouter } from './workloads/workloadsRouter';

/** What the ML platform's pages read and what its forms ask. */
export const mlPlatformPlugin = createBackendPlugin({
  pluginId: 'ml-platform',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        forge: forgeServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        repository: platformRepositoryServiceRef,
        rootConfig: coreServices.rootConfig,
        scaffolder: scaffolderServiceRef,
        store: clusterStoreServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({
        auth,
        catalog,
        database: databaseService,
        forge,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        repository,
        rootConfig,
        scaffolder,
        store,
        urlReader,
      }) {
        permissionsRegistry.addResourceType({
          resourceRef: teamResourceRef,
          permissions: mlPlatformPermissions,
          rules: Object.values(teamRules),
          getResources: async teams => teams.map(team => ({ team })),
        });
        const config = readMlPlatformConfig(rootConfig);
        assertClustersExist(config, store);
        const database = await openDatabase(databaseService);
        await createSingleWriter({
          database,
          lifecycle,
          logger,
        });
        const authorizer = createTeamAuthorizer(permissions);
        const access = TeamAccess.create({ httpAuth, authorizer });
        const states = TeamStates.create({ store, config });
        httpRouter.use(
          createRouter({
            answerKey: answerKey(config.repository.trailerSecret),
            parts: [
              createPlatformRouter({
                httpAuth,
                authorizer,
                config,
                tenants: TenantReader.create({ repository, catalog, config }),
              }),
              createWorkloadsRouter({
                access,
                workloads: WorkloadReader.create({
                  store,
                  repository,
                  config,
                  states,
                }),
                findings: FindingsReader.create({ store, config }),
              }),
              createTeamsRouter({
                access,
                overview: TeamOverview.create({ store, config, states }),
                deployments: DeploymentReader.create({
                  store,
                  repository,
                  states,
                }),
              }),
              createDashboardsRouter({
                access,
                dashboards: GrafanaDashboards.create({
                  grafana: config.grafana,
                }),
              }),
              createPodsRouter({ access, store }),
              createNamesRouter({
                httpAuth,
                authorizer,
                names: WorkloadNames.create({
                  auth,
                  catalog,
                  config,
                  forge,
                  logger,
                  repository,
                }),
              }),
              createPreviewRouter({
                httpAuth,
                authorizer,
                preview: RequestPreview.create({
                  auth,
                  catalog,
                  contents: TemplateContents.create({
                    integrations: ScmIntegrations.fromConfig(rootConfig),
                    urlReader,
                  }),
                  errors: DryRunErrors.create({ logger }),
                  scaffolder,
                }),
              }),
            ],
          }),
        );
      },
    });
  },
});
