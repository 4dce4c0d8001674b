import {
  quotaQuerySchema,
  teamReadPermission,
  type TeamQuota,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../../http/parseRequest';
import type { TeamAccess } from '../../http/TeamAccess';
import type { QuotaReader } from './QuotaReader';

export function createQuotaRouter(options: {
  access: TeamAccess;
  quota: QuotaReader;
}): Router {
  const { access, quota } = options;
  const router = PromiseRouter();

  router.get('/teams/:team/quota', async (request, response) => {
    const { team } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const query = parseRequest(quotaQuerySchema, request.query);
    const answer: TeamQuota = await quota.read(team, query);
    response.json(answer);
  });

  return router;
}
