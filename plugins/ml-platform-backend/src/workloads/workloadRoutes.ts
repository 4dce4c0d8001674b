import {
  syncHistoryQuerySchema,
  syncHistorySchema,
  teamReadPermission,
  workloadAnswersSchema,
  workloadObjectsQuerySchema,
  workloadObjectsSchema,
  workloadStatesQuerySchema,
  workloadStatesSchema,
  workloadSummaryQuerySchema,
  workloadSummarySchema,
} from '@internal/plugin-ml-platform-common';
import { defineRoute } from '../http/defineRoute';
import type { Route } from '../http/Route';
import {
  teamInPath,
  teamInPathWithChanges,
  teamInPathWithFindings,
  teamScopeWithFindings,
} from '../http/RoutePermission';
import type { AnswersReader } from './AnswersReader';
import type { WorkloadObjectsReader } from './objects/WorkloadObjectsReader';
import type { SyncHistoryReader } from './SyncHistoryReader';
import type { WorkloadReader } from './WorkloadReader';
import type { WorkloadStatesReader } from './WorkloadStatesReader';

/** Routes for one workload. */
export function createWorkloadRoutes(options: {
  answers: AnswersReader;
  objects: WorkloadObjectsReader;
  workloads: WorkloadReader;
  workloadStates: WorkloadStatesReader;
  syncHistory: SyncHistoryReader;
}): Route[] {
  const { answers, objects, workloads, workloadStates, syncHistory } = options;
  return [
    defineRoute({
      method: 'get',
      path: '/workloads',
      summary: 'State of several workloads, across teams',
      permission: teamScopeWithFindings(teamReadPermission),
      query: workloadStatesQuerySchema,
      response: workloadStatesSchema,
      handler: ({ scope, findingsScope, query }) =>
        workloadStates.read(query.workloads.split(','), {
          scope,
          findingsScope,
        }),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads/:workload',
      summary: 'One workload in all environments',
      permission: teamInPathWithFindings(teamReadPermission),
      query: workloadSummaryQuerySchema,
      response: workloadSummarySchema,
      handler: ({ params, query, maySeeFindings }) =>
        workloads.read(params.team, params.workload, {
          withFindings: query.findings && maySeeFindings,
        }),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads/:workload/answers',
      summary: 'Templates and values that the environments were made from',
      permission: teamInPathWithChanges(teamReadPermission),
      response: workloadAnswersSchema,
      handler: async ({ params, mayRequest }) => ({
        ...(await answers.read(params.team, params.workload)),
        mayRequest,
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads/:workload/objects',
      summary: 'Controllers and pods of a workload in one environment',
      permission: teamInPath(teamReadPermission),
      query: workloadObjectsQuerySchema,
      response: workloadObjectsSchema,
      handler: ({ params, query }) =>
        objects.read(params.team, params.workload, query),
    }),
    defineRoute({
      method: 'get',
      path: '/teams/:team/workloads/:workload/deployments',
      summary: "Argo CD's sync history of a workload, newest first",
      permission: teamInPath(teamReadPermission),
      query: syncHistoryQuerySchema,
      response: syncHistorySchema,
      handler: ({ params, query }) =>
        syncHistory.read(params.team, params.workload, query),
    }),
  ];
}
