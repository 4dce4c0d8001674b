import {
  runsQuerySchema,
  teamReadPermission,
  type RunDetail,
  type Runs,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import { notFound, type TeamAccess } from '../http/TeamAccess';
import type { RunReader } from './RunReader';

/** Training runs of a team, those included whose Jobs are gone. */
export function createRunsRouter(options: {
  access: TeamAccess;
  runs: RunReader;
}): Router {
  const { access, runs } = options;
  const router = PromiseRouter();

  router.get('/teams/:team/runs', async (request, response) => {
    const { team } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const query = parseRequest(runsQuerySchema, request.query);
    const page: Runs = await runs.list(team, query);
    response.json(page);
  });

  router.get('/teams/:team/runs/:id', async (request, response) => {
    const { team, id } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const run: RunDetail | undefined = await runs.find(team, id);
    if (!run) {
      throw notFound();
    }
    response.json(run);
  });

  return router;
}
