import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readMlPlatformConfig } from '@internal/plugin-ml-platform-node';
import { MlPlatformPolicy } from './MlPlatformPolicy';

/** The permission policy of the portal: see grants.ts. */
export const permissionModuleMlPlatform = createBackendModule({
  pluginId: 'permission',
  moduleId: 'ml-platform',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        const { groups } = readMlPlatformConfig(config);
        policy.setPolicy(new MlPlatformPolicy({ groups }));
      },
    });
  },
});
