import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { readMlPlatformConfig } from '../config/mlPlatformConfig';
import { GitPlatformRepository } from './GitPlatformRepository';
import type { PlatformRepository } from './PlatformRepository';
import { repositoryCredentials } from './repositoryCredentials';

/** The platform repository: one clone for all plugins of a replica, created on first use. */
export const platformRepositoryServiceRef =
  createServiceRef<PlatformRepository>({
    id: 'ml-platform.platform-repository',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          config: coreServices.rootConfig,
          logger: coreServices.rootLogger,
          lifecycle: coreServices.rootLifecycle,
        },
        async factory({ config, logger, lifecycle }) {
          const { repository } = readMlPlatformConfig(config);
          const clone = GitPlatformRepository.create({
            url: repository.url,
            branch: repository.branch,
            credentials: repositoryCredentials(
              repository.url,
              ScmIntegrations.fromConfig(config),
            ),
            committer: {
              name:
                config.getOptionalString('scaffolder.defaultAuthor.name') ??
                'ML platform portal',
              email:
                config.getOptionalString('scaffolder.defaultAuthor.email') ??
                'ml-platform-portal@localhost',
            },
            workingDirectory: config.getOptionalString(
              'backend.workingDirectory',
            ),
            logger: logger.child({ service: 'platform-repository' }),
          });
          lifecycle.addShutdownHook(() => clone.close());
          return clone;
        },
      }),
  });
