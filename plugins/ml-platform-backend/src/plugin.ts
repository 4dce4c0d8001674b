import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import {
  mlPlatformBasicPermissions,
  mlPlatformPermissions,
} from '@internal/plugin-ml-platform-common';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  forgeServiceRef,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
  teamResourceRef,
  teamRules,
} from '@internal/plugin-ml-platform-node';
import { TeamAccess } from './http/TeamAccess';
import { etagKey } from './http/etagKey';
import { CapacityReader } from './capacity/CapacityReader';
import { createCapacityRouter } from './capacity/capacityRouter';
import { CostReader } from './capacity/cost/CostReader';
import { createCostRouter } from './capacity/cost/costRouter';
import { createDashboardsRouter } from './platform/dashboards/dashboardsRouter';
import { GrafanaDashboards } from './platform/dashboards/GrafanaDashboards';
import { createSingleWriter } from './database/createSingleWriter';
import { openDatabase } from './database/openDatabase';
import { announceChanges } from './live/announceChanges';
import { createLiveRouter } from './live/liveRouter';
import { LiveTopics } from './live/LiveTopics';
import { createFindingsRouter } from './findings/findingsRouter';
import { createFindings } from './findings/createFindings';
import { createNamesRouter } from './platform/names/namesRouter';
import { WorkloadNames } from './platform/names/WorkloadNames';
import { assertClustersExist } from './platform/assertClustersExist';
import { createPlatformRouter } from './platform/platformRouter';
import { TenantReader } from './platform/TenantReader';
import { createPodsRouter } from './workloads/pods/podsRouter';
import { DryRunErrors } from './platform/preview/DryRunErrors';
import { createPreviewRouter } from './platform/preview/previewRouter';
import { ChangePreview } from './platform/preview/ChangePreview';
import { TemplateContents } from './platform/preview/TemplateContents';
import { QuotaReader } from './capacity/quota/QuotaReader';
import { createQuotaRouter } from './capacity/quota/quotaRouter';
import { createChangeTracking } from './changeRequests/createChangeTracking';
import { createChangeRequestsRouter } from './changeRequests/changeRequestsRouter';
import {
  WEBHOOK_PATH,
  createWebhookRouter,
} from './changeRequests/webhook/webhookRouter';
import { createRouter } from './http/router';
import { SyncHistoryReader } from './workloads/SyncHistoryReader';
import { TeamOverview } from './workloads/TeamOverview';
import { createTeamsRouter } from './workloads/teamsRouter';
import { TeamStates } from './workloads/TeamStates';
import { RunHistory } from './runs/RunHistory';
import { RunReader } from './runs/RunReader';
import { RunRecorder } from './runs/RunRecorder';
import { createRunsRouter } from './runs/runsRouter';
import { NamespaceUsage } from './capacity/usage/NamespaceUsage';
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
        events: eventsServiceRef,
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
        events,
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
        permissionsRegistry.addPermissions(mlPlatformBasicPermissions);
        const config = readMlPlatformConfig(rootConfig);
        assertClustersExist(config, store);
        const database = await openDatabase(databaseService);
        const writer = await createSingleWriter({
          database,
          lifecycle,
          logger,
        });
        const history = RunHistory.create(database);
        const recorder = RunRecorder.create({
          store,
          writer,
          history,
          logger,
          keepDays: config.runs.keepDays,
        });
        lifecycle.addShutdownHook(() => recorder.stop());
        const authorizer = createTeamAuthorizer(permissions);
        const access = TeamAccess.create({ httpAuth, authorizer });
        const states = new TeamStates({ store, config });
        const topics = LiveTopics.create();
        announceChanges(store, topics);
        const live = createLiveRouter({ access, live: topics });
        // An open stream would keep the server from stopping.
        lifecycle.addShutdownHook(live.close);
        const capacity = new CapacityReader({ store, config });
        const usage = new NamespaceUsage({ store });
        const { findings, audits, ...followed } = createFindings({
          config,
          database,
          logger,
          store,
          writer,
        });
        lifecycle.addShutdownHook(() => followed.stop());
        const { requests, start, stop } = createChangeTracking({
          config,
          database,
          events,
          forge,
          logger,
          repository,
          states,
          store,
          topics,
          writer,
        });
        lifecycle.addStartupHook(start);
        lifecycle.addShutdownHook(stop);
        // The forge signs what it sends.
        httpRouter.addAuthPolicy({
          path: WEBHOOK_PATH,
          allow: 'unauthenticated',
        });
        httpRouter.use(
          createRouter({
            answerKey: etagKey(config.repository.trailerSecret),
            parts: [
              createChangeRequestsRouter({ access, requests }),
              createWebhookRouter({
                events,
                secret: config.changeRequests.webhookSecret,
                branch: config.repository.branch,
              }),
              createPlatformRouter({
                httpAuth,
                authorizer,
                config,
                tenants: TenantReader.create({ repository, catalog, config }),
              }),
              createWorkloadsRouter({
                access,
                workloads: new WorkloadReader({
                  store,
                  repository,
                  config,
                  states,
                }),
                findings,
              }),
              createCapacityRouter({ access, capacity }),
              createQuotaRouter({
                access,
                quota: new QuotaReader({ store, config, usage }),
              }),
              createCostRouter({
                access,
                cost: new CostReader({ store, config, usage, capacity }),
              }),
              createTeamsRouter({
                access,
                overview: new TeamOverview({ store, config, states }),
                deployments: new SyncHistoryReader({
                  store,
                  repository,
                  states,
                }),
              }),
              createFindingsRouter({ access, findings, audits }),
              createDashboardsRouter({
                access,
                dashboards: GrafanaDashboards.create({
                  grafana: config.grafana,
                }),
              }),
              createPodsRouter({ access, store }),
              live.router,
              createRunsRouter({
                access,
                runs: RunReader.create({
                  store,
                  history,
                  gone: recorder.gone,
                  logger,
                }),
              }),
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
                preview: ChangePreview.create({
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
