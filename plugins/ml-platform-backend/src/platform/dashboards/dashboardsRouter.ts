import {
  dashboardsQuerySchema,
  teamReadPermission,
  type Dashboards,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../../http/parseRequest';
import type { TeamAccess } from '../../http/TeamAccess';
import type { GrafanaDashboards } from './GrafanaDashboards';

export function createDashboardsRouter(options: {
  access: TeamAccess;
  dashboards: GrafanaDashboards;
}): Router {
  const { access, dashboards } = options;
  const router = PromiseRouter();

  router.get('/dashboards', async (request, response) => {
    const { tag } = parseRequest(dashboardsQuerySchema, request.query);
    const [team] = tag.split('--');
    await access.requireTeam(request, teamReadPermission, team);
    const found: Dashboards = await dashboards.findByTag(tag);
    response.json(found);
  });

  return router;
}
