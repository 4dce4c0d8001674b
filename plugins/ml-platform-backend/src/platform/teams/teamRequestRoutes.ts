import {
  nameAvailabilitySchema,
  owningGroupsSchema,
  teamPlanSchema,
  teamReadPermission,
  teamRequestPermission,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import {
  teamInPath,
  teamRequestFor,
  teamScope,
} from '../../http/RoutePermission';
import type { TeamRequests } from './TeamRequests';

export function createTeamRequestRoutes(options: {
  requests: TeamRequests;
}): Route[] {
  const { requests } = options;
  return [
    defineRoute({
      method: 'get',
      path: '/groups',
      summary: 'Groups of the catalog that you can request teams for',
      permission: teamScope(teamRequestPermission),
      response: owningGroupsSchema,
      handler: ({ scope, credentials }) =>
        requests.groups(scope, { credentials }),
    }),
    defineRoute({
      method: 'get',
      path: '/groups/:group/team-names/:name',
      summary: 'Availability of a name for a new team of the group',
      permission: teamRequestFor(
        ({ params }: { params: { group: string } }) => params.group,
      ),
      response: nameAvailabilitySchema,
      handler: ({ params }) => requests.nameAvailability(params),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/plan',
      summary: 'What the team has, as the form that changes it asks for it',
      permission: teamInPath(teamReadPermission),
      response: teamPlanSchema,
      handler: ({ params }) => requests.plan(params.team),
    }),
  ];
}
