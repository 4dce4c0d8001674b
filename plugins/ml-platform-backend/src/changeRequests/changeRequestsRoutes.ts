import {
  changeRequestDetailSchema,
  changeRequestsQuerySchema,
  changeRequestsSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import { teamScope } from '../http/RoutePermission';
import type { ChangeRequestReader } from './ChangeRequestReader';

export function createChangeRequestsRoutes(options: {
  changeRequests: ChangeRequestReader;
}): Route[] {
  const { changeRequests } = options;
  return [
    defineRoute({
      method: 'get',
      path: '/change-requests',
      summary: 'Change requests for the platform repository',
      permission: teamScope(teamReadPermission),
      query: changeRequestsQuerySchema,
      response: changeRequestsSchema,
      handler: ({ scope, query }) => changeRequests.list(scope, query),
    }),
    defineRoute({
      method: 'get',
      path: '/change-requests/:number',
      summary: 'One change request, from opened to healthy',
      permission: teamScope(teamReadPermission),
      response: changeRequestDetailSchema,
      // Not a number: NaN, which no change request has.
      handler: ({ scope, params }) =>
        changeRequests.read(scope, Number(params.number)),
    }),
  ];
}
