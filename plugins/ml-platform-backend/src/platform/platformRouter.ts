import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  changeRequestCreatePermission,
  type PlatformInfo,
} from '@internal/plugin-ml-platform-common';
import type {
  MlPlatformConfig,
  TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { httpUrl } from '../http/httpUrl';
import type { TenantReader } from './TenantReader';

export function createPlatformRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: TeamAuthorizer;
  tenants: TenantReader;
  config: MlPlatformConfig;
}): Router {
  const { httpAuth, authorizer, tenants, config } = options;
  const router = PromiseRouter();

  router.get('/platform', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const scope = await authorizer.scope(changeRequestCreatePermission, {
      credentials,
    });
    const { teams, problems } = await tenants.teams(scope, { credentials });
    const platform: PlatformInfo = {
      sandbox: config.sandbox,
      forgeUrl: httpUrl(`${config.repository.url.replace(/\.git$/, '')}/pulls`),
      environments: config.environments,
      requestableTeams: teams,
      problems,
    };
    response.json(platform);
  });

  return router;
}
