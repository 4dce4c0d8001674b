import {
  changeRequestsQuerySchema,
  teamReadPermission,
  type ChangeRequestDetail,
  type ChangeRequests,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import { notFound, type TeamAccess } from '../http/TeamAccess';
import type { ChangeRequestReader } from './ChangeRequestReader';

export function createChangeRequestsRouter(options: {
  access: TeamAccess;
  requests: ChangeRequestReader;
}): Router {
  const { access, requests } = options;
  const router = PromiseRouter();

  router.get('/change-requests', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    const query = parseRequest(changeRequestsQuerySchema, request.query);
    const page: ChangeRequests = requests.list(scope, query);
    response.json(page);
  });

  router.get('/change-requests/:number', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    // What is no number is not there either.
    const detail: ChangeRequestDetail | undefined = requests.read(
      scope,
      Number(request.params.number),
    );
    if (!detail) {
      throw notFound();
    }
    response.json(detail);
  });

  return router;
}
