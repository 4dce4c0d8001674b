import { ServiceUnavailableError } from '@backstage/errors';
import {
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
import { parseRequest } from '../access/parseRequest';
import { notFound, type TeamAccess } from '../access/TeamAccess';
import { TrackedReads } from '../kubernetes/TrackedReads';
import { eventsOf } from './eventsOf';
import { readPodLogs } from './readPodLogs';

/** Logs and events for the pod drawer of the Kubernetes tab, authorised on the owner of the namespace. */
export function createPodsRouter(options: {
  access: TeamAccess;
  store: ClusterStore;
}): Router {
  const { access, store } = options;
  const router = PromiseRouter();

  router.get(
    '/clusters/:cluster/namespaces/:namespace/pods/:pod/logs',
    async (request, response) => {
      const { cluster, namespace, pod } = request.params;
      await requireNamespace(request, podLogsReadPermission);
      const query = parseRequest(podLogsQuerySchema, request.query);
      const logs: PodLogs = await readPodLogs(store, {
        cluster,
        namespace,
        pod,
        ...query,
      });
      response.json(logs);
    },
  );

  router.get(
    '/clusters/:cluster/namespaces/:namespace/events',
    async (request, response) => {
      const { cluster, namespace } = request.params;
      await requireNamespace(request, teamReadPermission);
      const { name } = parseRequest(objectEventsQuerySchema, request.query);
      const events: ObjectEvents = await eventsOf(TrackedReads.create(store), {
        cluster,
        namespace,
        name,
      });
      response.json(events);
    },
  );

  /** Whether the clusters can be asked says nothing about the namespace, so it may be said to everyone. */
  async function requireNamespace(
    request: Request,
    permission: TeamPermission,
  ): Promise<void> {
    const { cluster, namespace } = request.params;
    const scope = await access.scope(request, permission);
    const owner = await store.owner(cluster, namespace);
    if (owner && scope.includes(owner.team)) {
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

  return router;
}
