import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  forgeServiceRef,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { CatalogFileStatusProcessor } from './CatalogFileStatusProcessor';
import { locationTargets } from './LocationFiles';
import { PlatformEntityProvider } from './PlatformEntityProvider';
import { refuseValidation } from './refuseValidation';

/** Adds the entities of workload directories in the platform repository to the catalog. */
export const catalogModuleMlPlatform = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ml-platform',
  register(registration) {
    registration.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        forge: forgeServiceRef,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        repository: platformRepositoryServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({
        catalog,
        config,
        events,
        forge,
        httpRouter,
        logger,
        repository,
        scheduler,
      }) {
        // A module starts before its plugin, so that this comes before the plugin's routes.
        httpRouter.use(refuseValidation);
        const platform = readMlPlatformConfig(config);
        catalog.addProcessor(new CatalogFileStatusProcessor());
        catalog.addEntityProvider(
          new PlatformEntityProvider({
            repository,
            forge,
            environments: platform.environments,
            locationTargets: locationTargets(config),
            rootDirectory: platform.repository.rootDirectory,
            events,
            schedule: scheduler.createScheduledTaskRunner({
              frequency: { seconds: platform.repository.pollSeconds },
              timeout: { minutes: 2 },
              // Each replica has a clone of its own and emits only when that clone changed.
              scope: 'local',
            }),
            logger,
          }),
        );
      },
    });
  },
});
