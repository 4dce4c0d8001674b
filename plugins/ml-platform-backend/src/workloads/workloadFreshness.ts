import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { NAMESPACE_TYPES } from '../kubernetes/NamespaceObjects';

/** Tracks the freshness of all object types that `TeamStates` is computed from. */
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

/**
 * Returns true once the initial lists of a cluster are complete. Until then, an object that is not in the store may still
 * exist in the cluster.
 */
export function isClusterListed(store: ClusterStore, cluster: string): boolean {
  return (['namespaces', 'pods', 'deployments'] as const).every(
    type => store.freshness(cluster, type).asOf !== undefined,
  );
}

/** Types of controllers and their names for people; pods and Deployments are part of `isClusterListed`. */
const CONTROLLER_TYPES = {
  statefulsets: 'StatefulSets',
  daemonsets: 'DaemonSets',
  replicasets: 'ReplicaSets',
  rollouts: 'Rollouts',
  jobs: 'Jobs',
  cronjobs: 'CronJobs',
} as const;

/** Names of the types of controllers that a cluster serves and the portal has never read. */
export function unreadTypes(store: ClusterStore, cluster: string): string[] {
  return Object.entries(CONTROLLER_TYPES).flatMap(([type, name]) => {
    const { asOf, problem } = store.freshness(
      cluster,
      type as keyof typeof CONTROLLER_TYPES,
    );
    return asOf === undefined && problem ? [name] : [];
  });
}
