import {
  teamReadPermission,
  teamsQuerySchema,
  teamsSchema,
  teamWorkloadsQuerySchema,
  teamWorkloadsSchema,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import { teamInPathWithFindings, teamScope } from '../http/RoutePermission';
import type { TeamOverview } from './TeamOverview';

/** Routes for teams and their lists of workloads. */
export function createTeamsRoutes(options: {
  overview: TeamOverview;
}): Route[] {
  const { overview } = options;
  return [
    defineRoute({
      method: 'get',
      path: '/teams',
      summary: 'Teams, with counts of their workloads by health',
      permission: teamScope(teamReadPermission),
      query: teamsQuerySchema,
      response: teamsSchema,
      handler: ({ scope, query }) => overview.teams(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads',
      summary: 'Workloads of a team, with their health',
      permission: teamInPathWithFindings(teamReadPermission),
      query: teamWorkloadsQuerySchema,
      response: teamWorkloadsSchema,
      handler: ({ params, query, maySeeFindings }) =>
        overview.workloads(params.team, query, {
          withFindings: query.findings && maySeeFindings,
        }),
    }),
  ];
}
