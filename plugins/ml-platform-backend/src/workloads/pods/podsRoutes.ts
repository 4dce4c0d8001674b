import {
  followPodLogsQuerySchema,
  objectEventsQuerySchema,
  objectEventsSchema,
  podLogsQuerySchema,
  podLogsReadPermission,
  podLogsSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import { defineRoute } from '../../http/defineRoute';
import { defineStream } from '../../http/defineStream';
import type { Route } from '../../http/Route';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import { eventsOf } from './eventsOf';
import { hidingPods } from './hidingPods';
import { namespaceInPath } from './namespaceInPath';
import { streamPodLogs } from './streamPodLogs';

/** Routes for logs and events in the pod drawer of the Kubernetes tab. */
export function createPodsRoutes({ store }: { store: ClusterStore }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/clusters/:cluster/namespaces/:namespace/pods/:pod/logs',
      summary: 'The last lines of a container log',
      permission: namespaceInPath(podLogsReadPermission, store),
      query: podLogsQuerySchema,
      response: podLogsSchema,
      handler: async ({ params, query }) => ({
        text: await hidingPods(() => store.podLogs({ ...query, ...params })),
      }),
    }),
    defineStream({
      path: '/clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow',
      summary: 'A container log, streamed as it is written',
      permission: namespaceInPath(podLogsReadPermission, store),
      query: followPodLogsQuerySchema,
      mediaType: 'text/plain',
      open: async ({ params, query, response, signal }) => {
        const log = await hidingPods(() =>
          store.followPodLogs({ ...query, ...params, signal }),
        );
        await streamPodLogs(log, response);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/clusters/:cluster/namespaces/:namespace/events',
      summary: 'Kubernetes events of one object',
      permission: namespaceInPath(teamReadPermission, store),
      query: objectEventsQuerySchema,
      response: objectEventsSchema,
      handler: ({ params, query }) =>
        eventsOf(new FreshnessTracker({ store }), {
          ...params,
          name: query.name,
        }),
    }),
  ];
}
