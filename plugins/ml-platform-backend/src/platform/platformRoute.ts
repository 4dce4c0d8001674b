import {
  changeRequestCreatePermission,
  platformInfoSchema,
} from '@internal/plugin-ml-platform-common';
import type { MlPlatformConfig } from '@internal/plugin-ml-platform-node';
import { defineRoute } from '../http/defineRoute';
import { httpUrl } from '../http/httpUrl';
import type { Route } from '../http/Route';
import { teamScope } from '../http/RoutePermission';
import type { PlanAgreement } from './PlanAgreement';
import type { TenantReader } from './TenantReader';

export function createPlatformRoute(options: {
  agreement: PlanAgreement;
  tenants: TenantReader;
  config: MlPlatformConfig;
}): Route {
  const { agreement, tenants, config } = options;
  return defineRoute({
    method: 'get',
    path: '/platform',
    summary: 'Environments, and the teams that you can request changes for',
    permission: teamScope(changeRequestCreatePermission),
    response: platformInfoSchema,
    handler: async ({ scope, credentials }) => {
      const { teams, problems } = await tenants.teams(scope, { credentials });
      return {
        sandbox: config.sandbox,
        forgeUrl: httpUrl(
          `${config.repository.url.replace(/\.git$/, '')}/pulls`,
        ),
        environments: config.environments,
        requestableTeams: teams,
        problems,
        planDifferences: await agreement.differences(),
      };
    },
  });
}
