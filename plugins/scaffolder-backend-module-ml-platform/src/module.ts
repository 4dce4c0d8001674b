import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { scaffolderTemplatingExtensionPoint } from '@backstage/plugin-scaffolder-node/alpha';
import {
  clusterStoreServiceRef,
  createTeamAuthorizer,
  forgeServiceRef,
  platformRepositoryServiceRef,
  readMlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { RequestHandler } from 'express';
import { createCheckoutAction } from './actions/checkout';
import { createMergeAction } from './actions/merge';
import { createProposeAction } from './actions/propose';
import { createPromoteAction } from './actions/promote';
import { createRemoveAction } from './actions/remove';
import { createRenderAction } from './actions/render';
import { createRollBackAction } from './actions/rollBack';
import { createValidateAction } from './actions/validate';
import { createYamlSetAction } from './actions/yamlSet';
import { SkeletonRenderer } from './engine/SkeletonRenderer';
import { hclFilter } from './filters/hclFilter';
import { textFilter } from './filters/textFilter';
import { yamlFilter } from './filters/yamlFilter';
import { createTaskGuard, hideTasks } from './guards/taskGuards';
import { ScaffolderClient } from './guards/ScaffolderClient';
import { createServiceGuard } from './guards/serviceGuard';
import { TaskQuota } from './guards/TaskQuota';
import { countTasksOf } from './guards/unfinishedTasks';

/** Scaffolder actions and template filters that turn a form into a pull request on the platform repository. */
export const scaffolderModuleMlPlatform = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ml-platform',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        templating: scaffolderTemplatingExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        forge: forgeServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        repository: platformRepositoryServiceRef,
        rootConfig: coreServices.rootConfig,
        reader: coreServices.urlReader,
        store: clusterStoreServiceRef,
      },
      async init({
        actions,
        templating,
        discovery,
        httpAuth,
        httpRouter,
        lifecycle,
        permissions,
        reader,
        rootConfig,
        ...services
      }) {
        const { auth } = services;
        const config = readMlPlatformConfig(rootConfig);
        const scaffolder = new ScaffolderClient({ auth, discovery });
        // A module starts before its plugin, so that the guards come before the scaffolder's routes.
        httpRouter.use(
          createServiceGuard({
            auth,
            httpAuth,
            callers: config.serviceCallers,
            scaffolder,
          }),
        );
        httpRouter.use(
          createTaskGuard({
            auth,
            httpAuth,
            quota: new TaskQuota(person => countTasksOf(scaffolder, person)),
          }),
        );
        lifecycle.addStartupHook(() => {
          // Express knows handlers of errors by their parameters; the type of this router does not.
          httpRouter.use(hideTasks as unknown as RequestHandler);
        });
        const dependencies = {
          renderer: new SkeletonRenderer({
            integrations: ScmIntegrations.fromConfig(rootConfig),
            reader,
            repository: services.repository,
            rootDirectory: config.repository.rootDirectory,
          }),
          authorizer: createTeamAuthorizer(permissions),
          config,
          ...services,
        };
        actions.addActions(
          createCheckoutAction(dependencies),
          createRenderAction(dependencies),
          createPromoteAction(dependencies),
          createRollBackAction(dependencies),
          createRemoveAction(dependencies),
          createYamlSetAction(dependencies),
          createMergeAction(dependencies),
          createValidateAction(dependencies),
          createProposeAction(dependencies),
        );
        templating.addTemplateFilters([yamlFilter, hclFilter, textFilter]);
      },
    });
  },
});
