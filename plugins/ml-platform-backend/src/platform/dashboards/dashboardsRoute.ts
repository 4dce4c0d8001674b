import {
  dashboardsQuerySchema,
  dashboardsSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { teamInQuery } from '../../http/RoutePermission';
import type { GrafanaDashboards } from './GrafanaDashboards';

export function createDashboardsRoute(options: {
  dashboards: GrafanaDashboards;
}): Route {
  return defineRoute({
    method: 'get',
    path: '/dashboards',
    summary: 'Grafana dashboards of a workload',
    permission: teamInQuery(
      teamReadPermission,
      // A tag is `<team>--<workload>`.
      ({ tag }: { tag: string }) => tag.split('--')[0],
    ),
    query: dashboardsQuerySchema,
    response: dashboardsSchema,
    handler: ({ query }) => options.dashboards.findByTag(query.tag),
  });
}
