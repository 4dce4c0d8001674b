import {
  capacityQuerySchema,
  capacityReadPermission,
  capacitySchema,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import { withoutTeam } from '../http/RoutePermission';
import type { CapacityReader } from './CapacityReader';

export function createCapacityRoutes(options: {
  capacity: CapacityReader;
}): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/capacity',
      summary: 'Total and free resources of node pools, GPUs first',
      permission: withoutTeam(capacityReadPermission),
      query: capacityQuerySchema,
      response: capacitySchema,
      handler: ({ query }) => options.capacity.read(query),
    }),
  ];
}
