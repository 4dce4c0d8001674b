import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  platformRepositoryServiceRef,
  readMlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { TeamOwners } from '@internal/plugin-ml-platform-node/plan';
import { MlPlatformPolicy } from './MlPlatformPolicy';

/** The permission policy of the portal: see grants.ts. */
export const permissionModuleMlPlatform = createBackendModule({
  pluginId: 'permission',
  moduleId: 'ml-platform',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
        repository: platformRepositoryServiceRef,
      },
      async init({ config, logger, policy, repository }) {
        const { groups, repository: location } = readMlPlatformConfig(config);
        const { rootDirectory } = location;
        const owners = new TeamOwners({ logger, repository, rootDirectory });
        policy.setPolicy(new MlPlatformPolicy({ groups, owners }));
      },
    });
  },
});
