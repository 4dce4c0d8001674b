import {
  findingsQuerySchema,
  findingsReadPermission,
  teamReadPermission,
  type Findings,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../http/parseRequest';
import { notFound, type TeamAccess } from '../http/TeamAccess';
import type { FindingsReader } from '../findings/FindingsReader';
import type { WorkloadReader } from './WorkloadReader';

export function createWorkloadsRouter(options: {
  access: TeamAccess;
  workloads: WorkloadReader;
  findings: FindingsReader;
}): Router {
  const { access, workloads, findings } = options;
  const router = PromiseRouter();

  router.get('/teams/:team/workloads/:workload', async (request, response) => {
    const { team, workload } = request.params;
    await access.requireTeam(request, teamReadPermission, team);
    const summary: WorkloadSummary | undefined = await workloads.read(
      team,
      workload,
    );
    if (!summary) {
      throw notFound();
    }
    response.json(summary);
  });

  router.get(
    '/teams/:team/workloads/:workload/findings',
    async (request, response) => {
      const { team, workload } = request.params;
      await access.requireTeam(request, findingsReadPermission, team);
      const query = parseRequest(findingsQuerySchema, request.query);
      const page: Findings = await findings.workload(team, workload, query);
      response.json(page);
    },
  );

  return router;
}
