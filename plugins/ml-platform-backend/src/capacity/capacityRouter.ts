import {
  capacityQuerySchema,
  capacityReadPermission,
  type Capacity,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import type { TeamAccess } from '../http/TeamAccess';
import type { CapacityReader } from './CapacityReader';

export function createCapacityRouter(options: {
  access: TeamAccess;
  capacity: CapacityReader;
}): Router {
  const { access, capacity } = options;
  const router = PromiseRouter();

  router.get('/capacity', async (request, response) => {
    await access.require(request, capacityReadPermission);
    const query = parseRequest(capacityQuerySchema, request.query);
    const answer: Capacity = await capacity.read(query);
    response.json(answer);
  });

  return router;
}
