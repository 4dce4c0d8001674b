import {
  syncHistoryQuerySchema,
  teamReadPermission,
  teamsQuerySchema,
  teamWorkloadsQuerySchema,
  type SyncHistory,
  type Teams,
  type TeamWorkloads,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import type { TeamAccess } from '../http/TeamAccess';
import type { SyncHistoryReader } from './SyncHistoryReader';
import type { TeamOverview } from './TeamOverview';

/** Teams, their workloads, and what was deployed of those. */
export function createTeamsRouter(options: {
  access: TeamAccess;
  overview: TeamOverview;
  deployments: SyncHistoryReader;
}): Router {
  const { access, overview, deployments } = options;
  const router = PromiseRouter();

  router.get('/teams', async (request, response) => {
    const scope = await access.scope(request, teamReadPermission);
    const query = parseRequest(teamsQuerySchema, request.query);
    const page: Teams = await overview.teams(scope, query);
    response.json(page);
  });

  router.get('/teams/:team/workloads', async (request, response) => {
    const { team } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const query = parseRequest(teamWorkloadsQuerySchema, request.query);
    const page: TeamWorkloads = await overview.workloads(team, query);
    response.json(page);
  });

  router.get(
    '/teams/:team/workloads/:workload/deployments',
    async (request, response) => {
      const { team, workload } = request.params;
      await access.requireTeam(request, teamReadPermission, team);
      const query = parseRequest(syncHistoryQuerySchema, request.query);
      const page: SyncHistory = await deployments.read(team, workload, query);
      response.json(page);
    },
  );

  return router;
}
