import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Forge,
  MlPlatformConfig,
  PlatformRepository,
  TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';

/** What the actions work with; each takes the part that it needs. */
export interface ActionDependencies {
  auth: AuthService;
  authorizer: TeamAuthorizer;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
}
