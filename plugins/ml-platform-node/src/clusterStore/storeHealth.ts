import {
  coreServices,
  createServiceFactory,
  type RootHealthService,
} from '@backstage/backend-plugin-api';
import type { ClusterStore } from './ClusterStore';
import { clusterStoreServiceRef } from './clusterStoreService';

/** A loop waits for an answer, a silence or a delay at most two minutes, and for its turn to list a little longer. */
const DEAD_SECONDS = 600;

/**
 * Ready is who has read the clusters once, or knows that they cannot be read: a cluster that is down keeps no replica
 * from serving the others.
 *
 * @returns what is not ready, or not alive, in words; undefined when all is well.
 */
export function storeReadiness(store: ClusterStore): string | undefined {
  const unread = store
    .status()
    .filter(({ state, problem }) => state === 'syncing' && !problem);
  return unread.length > 0
    ? `Still reading ${unread.map(nameOf).join(', ')}`
    : undefined;
}

/** See `storeReadiness`; a loop that does nothing any more is mended by a restart only. */
export function storeLiveness(store: ClusterStore): string | undefined {
  const dead = store
    .status()
    .filter(({ idleSeconds }) => idleSeconds > DEAD_SECONDS);
  return dead.length > 0
    ? `Nothing follows ${dead.map(nameOf).join(', ')} any more`
    : undefined;
}

/** Backstage's own health, and the cluster store's. */
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
      getLiveness: async () => answer(storeLiveness(store)),
      getReadiness: async () => answer(backend ?? storeReadiness(store)),
    };
  },
});

function answer(message: string | undefined) {
  return message === undefined
    ? { status: 200, payload: { status: 'ok' } }
    : { status: 503, payload: { message, status: 'error' } };
}

function nameOf({ cluster, type }: { cluster: string; type: string }): string {
  return `${type} of ${cluster}`;
}
