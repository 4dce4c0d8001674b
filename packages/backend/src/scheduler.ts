import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';

/**
 * Scheduled tasks without their routes: with those every signed-in user can trigger and cancel the tasks of every plugin,
 * and Backstage checks no permission that a policy could deny. No way of writing the path reaches what does not exist.
 */
export default createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    logger: coreServices.logger,
    rootLifecycle: coreServices.rootLifecycle,
    pluginMetadata: coreServices.pluginMetadata,
    metrics: metricsServiceRef,
  },
  factory: dependencies =>
    DefaultSchedulerService.create({
      ...dependencies,
      httpRouter: {
        use: () => {},
        addAuthPolicy: () => {},
        addWebSocketHandler: () => {},
      },
    }),
});
