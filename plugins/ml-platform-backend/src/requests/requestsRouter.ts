import {
  requestsQuerySchema,
  teamReadPermission,
  type RequestDetail,
  type Requests,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../access/parseRequest';
import { notFound, type TeamAccess } from '../access/TeamAccess';
import type { RequestReader } from './RequestReader';

export function createRequestsRouter(options: {
  access: TeamAccess;
  requests: RequestReader;
}): Router {
  const { access, requests } = options;
  const router = PromiseRouter();

  router.get('/requests', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    const query = parseRequest(requestsQuerySchema, request.query);
    const page: Requests = requests.list(scope, query);
    response.json(page);
  });

  router.get('/requests/:number', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    // What is no number is not there either.
    const detail: RequestDetail | undefined = requests.read(
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
