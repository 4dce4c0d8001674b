import { nameAvailabilitySchema } from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { changeRequestFor } from '../../http/RoutePermission';
import type { WorkloadNames } from './WorkloadNames';

export function createNamesRoute({ names }: { names: WorkloadNames }): Route {
  return defineRoute({
    method: 'get',
    path: '/teams/:team/names/:name',
    summary: 'Availability of a name for a new workload of the team',
    permission: changeRequestFor(
      ({ params }: { params: { team: string } }) => params.team,
    ),
    response: nameAvailabilitySchema,
    handler: ({ params, credentials }) =>
      names.availability(params, { credentials }),
  });
}
