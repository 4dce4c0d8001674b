import {
  costQuerySchema,
  teamCostQuerySchema,
  teamReadPermission,
  type TeamCost,
  type TeamsCost,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../../http/parseRequest';
import type { TeamAccess } from '../../http/TeamAccess';
import type { CostReader } from './CostReader';

export function createCostRouter(options: {
  access: TeamAccess;
  cost: CostReader;
}): Router {
  const { access, cost } = options;
  const router = PromiseRouter();

  router.get('/teams/:team/cost', async (request, response) => {
    const { team } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const query = parseRequest(teamCostQuerySchema, request.query);
    const answer: TeamCost = await cost.team(team, query);
    response.json(answer);
  });

  router.get('/cost', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    const query = parseRequest(costQuerySchema, request.query);
    const answer: TeamsCost = await cost.teams(scope, query);
    response.json(answer);
  });

  return router;
}
