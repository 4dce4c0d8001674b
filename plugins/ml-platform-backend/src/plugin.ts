import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  forgeServiceRef,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
  setGpuNames,
} from '@internal/plugin-ml-platform-node';
import { createCapacity } from './capacity/createCapacity';
import { createChangeRequests } from './changeRequests/createChangeRequests';
import { openDatabase } from './database/openDatabase';
import type { Feature } from './Feature';
import { createFindings } from './findings/createFindings';
import { registerPermissions } from './http/registerPermissions';
import { serveRoutes } from './http/serveRoutes';
import { createLive } from './live/createLive';
import { assertClustersExist } from './platform/assertClustersExist';
import { createPlatform } from './platform/createPlatform';
import { PlanAgreement } from './platform/PlanAgreement';
import { createRuns } from './runs/createRuns';
import { createWorkloads } from './workloads/createWorkloads';

/** The backend of the ML platform's pages and forms. */
export const mlPlatformPlugin = createBackendPlugin({
  pluginId: 'ml-platform',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        databaseService: coreServices.database,
        events: eventsServiceRef,
        forge: forgeServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        repository: platformRepositoryServiceRef,
        rootConfig: coreServices.rootConfig,
        scaffolder: scaffolderServiceRef,
        store: clusterStoreServiceRef,
      },
      async init({ httpAuth, httpRouter, lifecycle, ...services }) {
        registerPermissions(services.permissionsRegistry);
        const config = readMlPlatformConfig(services.rootConfig);
        setGpuNames(config.gpus);
        assertClustersExist(config, services.store);
        const agreement = new PlanAgreement({ ...services, config });
        await agreement.assertAtStart();
        const database = await openDatabase(services.databaseService);
        const deps = { ...services, config, database };
        const { workloadFindings, ...findings } = createFindings(deps);
        const { states, ...workloads } = createWorkloads({
          ...deps,
          findings: workloadFindings,
        });
        const { topics, ...live } = createLive(deps);
        const features: Feature[] = [
          workloads,
          live,
          findings,
          createChangeRequests({ ...deps, states, topics }),
          createRuns(deps),
          createCapacity(deps),
          createPlatform({ ...deps, agreement }),
        ];
        for (const { start, stop } of features) {
          if (start) lifecycle.addStartupHook(start);
          if (stop) lifecycle.addShutdownHook(stop);
        }
        serveRoutes({
          routes: features.flatMap(({ routes }) => routes),
          authorizer: createTeamAuthorizer(services.permissions),
          etagSecret: config.repository.trailerSecret,
          httpAuth,
          httpRouter,
        });
      },
    });
  },
});
