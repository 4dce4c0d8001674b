import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { TeamAuthorizer } from '@internal/plugin-ml-platform-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { authorizeChangeRequest } from '../../http/authorizeChangeRequest';
import type { WorkloadNames } from './WorkloadNames';

/** `GET /teams/:team/names/:name`: may a new workload of the team have this name? */
export function createNamesRouter(options: {
  httpAuth: HttpAuthService;
  authorizer: TeamAuthorizer;
  names: WorkloadNames;
}): Router {
  const router = PromiseRouter();

  router.get('/teams/:team/names/:name', async (request, response) => {
    const { team, name } = request.params;
    const credentials = await authorizeChangeRequest(options, request, team);
    response.json(
      await options.names.availability({ team, name }, { credentials }),
    );
  });

  return router;
}
