import {
  quotaQuerySchema,
  teamQuotaSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../../http/defineRoute';
import type { Route } from '../../http/Route';
import { teamInPath } from '../../http/RoutePermission';
import type { QuotaReader } from './QuotaReader';

export function createQuotaRoutes({ quota }: { quota: QuotaReader }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams/:team/quota',
      summary: "Use of a team's resource quotas, by workload",
      permission: teamInPath(teamReadPermission),
      query: quotaQuerySchema,
      response: teamQuotaSchema,
      handler: ({ params, query }) => quota.read(params.team, query),
    }),
  ];
}
