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
import { PlatformEntityProvider } from './PlatformEntityProvider';

/** Catalog entities from the workload directories of the platform repository. */
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
        logger: coreServices.logger,
        repository: platformRepositoryServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({
        catalog,
        config,
        events,
        forge,
        logger,
        repository,
        scheduler,
      }) {
        const platform = readMlPlatformConfig(config);
        catalog.addEntityProvider(
          PlatformEntityProvider.create({
            repository,
            forge,
            environments: platform.environments,
            rootDirectory: platform.repository.rootDirectory,
            events,
            schedule: scheduler.createScheduledTaskRunner({
              frequency: { seconds: platform.repository.pollSeconds },
              timeout: { minutes: 2 },
              // Each replica has its own clone, and emits only what changed in it.
              scope: 'local',
            }),
            logger,
          }),
        );
      },
    });
  },
});
