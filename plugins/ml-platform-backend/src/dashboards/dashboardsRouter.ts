import {
  teamReadPermission,
  type Dashboards,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseRequest } from '../access/parseRequest';
import type { TeamAccess } from '../access/TeamAccess';
import type { GrafanaDashboards } from './GrafanaDashboards';

const querySchema = z.object({
  /** `<team>--<workload>`. */
  tag: z.string().regex(/^[a-z0-9-]{1,60}$/, 'Not a tag of a workload'),
});

export function createDashboardsRouter(options: {
  access: TeamAccess;
  dashboards: GrafanaDashboards;
}): Router {
  const { access, dashboards } = options;
  const router = PromiseRouter();

  router.get('/dashboards', async (request, response) => {
    const { tag } = parseRequest(querySchema, request.query);
    const [team] = tag.split('--');
    await access.requireTeam(request, teamReadPermission, team);
    const found: Dashboards = await dashboards.findByTag(tag);
    response.json(found);
  });

  return router;
}
