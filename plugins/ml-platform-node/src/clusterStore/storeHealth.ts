import {
  coreServices,
  createServiceFactory,
  type RootHealthService,
} from '@backstage/backend-plugin-api';
import type { ClusterStore } from './ClusterStore';
import { clusterStoreServiceRef } from './clusterStoreService';

/** A reflector waits at most two minutes for a response, an event or its backoff, and a little longer for its turn to list. */
const DEAD_SECONDS = 600;

/**
 * Readiness of the store: each type was listed once, or is known to be unreadable, so that a cluster that is down does not
 * keep a replica from serving the others.
 *
 * @returns a message when the store is not ready.
 */
function storeReadiness(store: ClusterStore): string | undefined {
  const unread = store
    .status()
    .filter(({ state, problem }) => state === 'syncing' && !problem);
  return unread.length > 0
    ? `Still listing ${unread.map(describeType).join(', ')}`
    : undefined;
}

/**
 * Liveness of the store: only a restart helps a reflector that has stopped.
 *
 * @returns a message when a reflector has stopped.
 */
function storeLiveness(store: ClusterStore): string | undefined {
  const dead = store
    .status()
    .filter(({ idleSeconds }) => idleSeconds > DEAD_SECONDS);
  return dead.length > 0
    ? `No longer watching ${dead.map(describeType).join(', ')}`
    : undefined;
}

/** Health of the backend as Backstage defines it, combined with that of the cluster store. */
export const rootHealthServiceFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    lifecycle: coreServices.rootLifecycle,
    store: clusterStoreServiceRef,
  },
  factory: ({ lifecycle, store }): RootHealthService => {
    let backend: string | undefined = 'Backend has not started yet';
    lifecycle.addStartupHook(() => {
      backend = undefined;
    });
    lifecycle.addBeforeShutdownHook(() => {
      backend = 'Backend is shutting down';
    });
    return {
      getLiveness: async () => healthResponse(storeLiveness(store)),
      getReadiness: async () =>
        healthResponse(backend ?? storeReadiness(store)),
    };
  },
});

function healthResponse(message: string | undefined) {
  return message === undefined
    ? { status: 200, payload: { status: 'ok' } }
    : { status: 503, payload: { message, status: 'error' } };
}

function describeType({
  cluster,
  type,
}: {
  cluster: string;
  type: string;
}): string {
  return `${type} of ${cluster}`;
}
