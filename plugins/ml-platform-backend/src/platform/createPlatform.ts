import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import {
  buildNetwork,
  type Forge,
  type MlPlatformConfig,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { Feature } from '../Feature';
import { createDashboardsRoute } from './dashboards/dashboardsRoute';
import { GrafanaDashboards } from './dashboards/GrafanaDashboards';
import { createNamesRoute } from './names/namesRoute';
import { WorkloadNames } from './names/WorkloadNames';
import type { PlanAgreement } from './PlanAgreement';
import { createPlatformRoute } from './platformRoute';
import { ChangePreview } from './preview/ChangePreview';
import { DryRunErrors } from './preview/DryRunErrors';
import { createPreviewRoute } from './preview/previewRoute';
import { createTeamRequestRoutes } from './teams/teamRequestRoutes';
import { TeamRequests } from './teams/TeamRequests';
import { TenantReader } from './TenantReader';

/** The platform feature: the teams, name checks and previews of forms, and Grafana's dashboards. */
export function createPlatform(options: {
  agreement: PlanAgreement;
  auth: AuthService;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
  scaffolder: ScaffolderService;
}): Feature {
  const { auth, catalog, config, forge, logger, repository } = options;
  const tenants = new TenantReader({ repository, catalog, config });
  return {
    start: () => logBuildNetwork(logger),
    routes: [
      createPlatformRoute({ agreement: options.agreement, config, tenants }),
      createNamesRoute({
        names: new WorkloadNames({
          auth,
          catalog,
          config,
          forge,
          logger,
          repository,
        }),
      }),
      ...createTeamRequestRoutes({
        requests: new TeamRequests({
          auth,
          catalog,
          config,
          forge,
          repository,
        }),
      }),
      createPreviewRoute({
        preview: new ChangePreview({
          auth,
          catalog,
          errors: new DryRunErrors({ logger }),
          scaffolder: options.scaffolder,
        }),
      }),
      createDashboardsRoute({
        dashboards: new GrafanaDashboards({
          grafana: config.grafana,
          teams: () => tenants.names(),
        }),
      }),
    ],
  };
}

/** Says how far builds of what teams merge are kept from the network. */
async function logBuildNetwork(logger: LoggerService): Promise<void> {
  if ((await buildNetwork()) === 'none') {
    logger.info('Kustomize builds run without a network.');
  } else {
    logger.warn(
      "Kustomize builds share the portal's network, because this system allows no network namespaces. Only the check of their references keeps them from it.",
    );
  }
}
