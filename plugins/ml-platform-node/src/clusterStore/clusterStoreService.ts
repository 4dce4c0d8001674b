import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readClusters } from './clusterConfig';
import type { ClusterStore } from './ClusterStore';
import { KubernetesClusterStore } from './KubernetesClusterStore';
import { reportMetrics } from './reportMetrics';

/** The cluster store, shared by all plugins of a backend. */
export const clusterStoreServiceRef = createServiceRef<ClusterStore>({
  id: 'ml-platform.cluster-store',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.rootLogger,
      },
      factory: ({ config, lifecycle, logger }) => {
        const store = KubernetesClusterStore.start({
          clusters: readClusters(config),
          logger: logger.child({ service: 'cluster-store' }),
        });
        reportMetrics(store);
        lifecycle.addShutdownHook(() => store.stop());
        return store;
      },
    }),
});
