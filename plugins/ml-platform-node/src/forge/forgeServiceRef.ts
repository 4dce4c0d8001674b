import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { readMlPlatformConfig } from '../config/mlPlatformConfig';
import { createForge } from './createForge';
import type { Forge } from './Forge';

/** The forge of the platform repository. */
export const forgeServiceRef = createServiceRef<Forge>({
  id: 'ml-platform.forge',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      async factory({ config }) {
        return createForge(
          readMlPlatformConfig(config).repository,
          ScmIntegrations.fromConfig(config),
        );
      },
    }),
});
