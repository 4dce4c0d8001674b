import { InputError } from '@backstage/errors';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';

/**
 * Checks at startup that the cluster of every environment is configured for the Kubernetes plugin.
 *
 * @throws InputError naming the first environment whose cluster is not.
 */
export function assertClustersExist(
  { environments }: MlPlatformConfig,
  store: ClusterStore,
) {
  for (const { name, cluster } of environments) {
    if (!store.clusters().includes(cluster)) {
      throw new InputError(
        `mlPlatform.environments: "${name}" is on cluster "${cluster}", which is not in kubernetes.clusterLocatorMethods`,
      );
    }
  }
}
