import {
  costQuerySchema,
  teamCostQuerySchema,
  teamCostSchema,
  teamReadPermission,
  teamsCostSchema,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { teamInPath, teamScope } from '../../http/RoutePermission';
import type { CostReader } from './CostReader';

export function createCostRoutes({ cost }: { cost: CostReader }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:team/cost',
      summary: "Current cost of a team's workloads",
      permission: teamInPath(teamReadPermission),
      query: teamCostQuerySchema,
      response: teamCostSchema,
      handler: ({ params, query }) => cost.team(params.team, query),
    }),
    defineRoute({
      method: 'get',
      path: '/cost',
      summary: 'Current cost by team',
      permission: teamScope(teamReadPermission),
      query: costQuerySchema,
      response: teamsCostSchema,
      handler: ({ scope, query }) => cost.teams(scope, query),
    }),
  ];
}
