import { ServiceUnavailableError } from '@backstage/errors';
import {
  followPodLogsQuerySchema,
  objectEventsQuerySchema,
  podLogsQuerySchema,
  podLogsReadPermission,
  teamReadPermission,
  type ObjectEvents,
  type PodLogs,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  TeamPermission,
} from '@internal/plugin-ml-platform-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseRequest } from '../../http/parseRequest';
import { notFound, type TeamAccess } from '../../http/TeamAccess';
import { watchAccess } from '../../http/watchAccess';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import { eventsOf } from './eventsOf';
import { hidingPods } from './hidingPods';
import { streamPodLogs } from './streamPodLogs';

/** Logs and events for the pod drawer of the Kubernetes tab, authorised on the owner of the namespace. */
export function createPodsRouter(options: {
  access: TeamAccess;
  store: ClusterStore;
  /** How often the reader of an open log is authorised again. */
  recheckMs?: number;
}): Router {
  const { access, store, recheckMs } = options;
  const router = PromiseRouter();

  router.get(
    '/clusters/:cluster/namespaces/:namespace/pods/:pod/logs',
    async (request, response) => {
      const { cluster, namespace, pod } = request.params;
      await requireNamespace(request, podLogsReadPermission);
      const query = parseRequest(podLogsQuerySchema, request.query);
      const text = await hidingPods(() =>
        store.podLogs({ cluster, namespace, pod, ...query }),
      );
      const logs: PodLogs = { text };
      response.json(logs);
    },
  );

  router.get(
    '/clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow',
    async (request, response) => {
      const { cluster, namespace, pod } = request.params;
      await requireNamespace(request, podLogsReadPermission);
      const query = parseRequest(followPodLogsQuerySchema, request.query);
      const end = new AbortController();
      response.once('close', () => end.abort());
      const log = await hidingPods(() =>
        store.followPodLogs({
          cluster,
          namespace,
          pod,
          ...query,
          signal: end.signal,
        }),
      );
      const stopWatching = watchAccess({
        isAllowed: () => mayRead(request, podLogsReadPermission),
        expiresAt: (await access.caller(request)).expiresAt,
        onRevoked: () => end.abort(),
        recheckMs,
      });
      await streamPodLogs(log, response).finally(stopWatching);
    },
  );

  router.get(
    '/clusters/:cluster/namespaces/:namespace/events',
    async (request, response) => {
      const { cluster, namespace } = request.params;
      await requireNamespace(request, teamReadPermission);
      const { name } = parseRequest(objectEventsQuerySchema, request.query);
      const events: ObjectEvents = await eventsOf(
        FreshnessTracker.create(store),
        {
          cluster,
          namespace,
          name,
        },
      );
      response.json(events);
    },
  );

  /** Whether the clusters can be asked says nothing about the namespace, so it may be said to everyone. */
  async function requireNamespace(
    request: Request,
    permission: TeamPermission,
  ): Promise<void> {
    const { cluster } = request.params;
    if (await mayRead(request, permission)) {
      return;
    }
    if (store.clusters().includes(cluster)) {
      const { asOf, problem } = await store.list(cluster, 'namespaces');
      if (problem && !asOf) {
        throw new ServiceUnavailableError(problem.message);
      }
    }
    throw notFound();
  }

  async function mayRead(
    request: Request,
    permission: TeamPermission,
  ): Promise<boolean> {
    const { cluster, namespace } = request.params;
    const scope = await access.scope(request, permission);
    const owner = await store.owner(cluster, namespace);
    return owner !== undefined && scope.includes(owner.team);
  }

  return router;
}
