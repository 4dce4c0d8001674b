import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { NAMESPACE_TYPES } from '../kubernetes/NamespaceObjects';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';

/** How old what `TeamStates` says is. */
export function workloadFreshness(
  store: ClusterStore,
  config: MlPlatformConfig,
): FreshnessTracker {
  const reads = new FreshnessTracker({ store });
  const clusters = new Set(config.environments.map(({ cluster }) => cluster));
  for (const cluster of clusters) {
    reads.track(cluster, 'namespaces', 'localqueues', ...NAMESPACE_TYPES);
  }
  for (const cluster of store.clusters()) {
    reads.track(cluster, 'applications');
  }
  return reads;
}

/** False while nothing can be said of what runs there: that is not the same as nothing. */
export function isRead(store: ClusterStore, cluster: string): boolean {
  return (['namespaces', 'pods', 'deployments'] as const).every(
    type => store.freshness(cluster, type).asOf !== undefined,
  );
}
