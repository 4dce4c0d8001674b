import {
  activeRunsQuerySchema,
  activeRunsSchema,
  runDetailSchema,
  runsQuerySchema,
  runsSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import { teamInPath, teamScope } from '../http/RoutePermission';
import type { RunReader } from './RunReader';

/** Routes for training runs, including runs whose Jobs no longer exist. */
export function createRunsRoutes({ runs }: { runs: RunReader }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/runs',
      summary: 'Training runs of all teams that have not ended',
      permission: teamScope(teamReadPermission),
      query: activeRunsQuerySchema,
      response: activeRunsSchema,
      handler: ({ scope, query }) => runs.listActive(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/runs',
      summary: 'Training runs, including runs whose Jobs no longer exist',
      permission: teamInPath(teamReadPermission),
      query: runsQuerySchema,
      response: runsSchema,
      handler: ({ params, query }) => runs.list(params.team, query),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/runs/:id',
      summary: 'One training run with its pods',
      permission: teamInPath(teamReadPermission),
      response: runDetailSchema,
      handler: ({ params }) => runs.find(params.team, params.id),
    }),
  ];
}
