import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  ClusterStore,
  Forge,
  MlPlatformConfig,
  PlatformRepository,
  TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';
import type { SkeletonRenderer } from '../engine/SkeletonRenderer';

/** Services of the actions; each action picks those that it needs. */
export interface ActionDependencies {
  renderer: SkeletonRenderer;
  auth: AuthService;
  authorizer: TeamAuthorizer;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
  /** Objects of the clusters that the portal has read. */
  store: Pick<ClusterStore, 'list'>;
}
