import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readClusters } from './clusterConfig';
import type { ClusterStore } from './ClusterStore';
import { KubernetesClusterStore } from './KubernetesClusterStore';

/** What the configured clusters hold; one store for all plugins of a backend. */
export const clusterStoreServiceRef = createServiceRef<ClusterStore>({
  id: 'ml-platform.cluster-store',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) =>
        KubernetesClusterStore.create({ clusters: readClusters(config) }),
    }),
});
