import { ConfigReader } from '@backstage/config';
import { KubernetesClusterStore, readClusters } from '../clusterStore';
import type { ReflectorTiming } from '../clusterStore/reflector/timing';
import type { FakeKubernetes } from './FakeKubernetes';

/** As impatient as a test. */
export const testTiming: ReflectorTiming = {
  responseTimeoutMs: 500,
  watchIdleTimeoutMs: 1_000,
  watchSeconds: [300, 600],
  backoffMs: [20, 100],
  healthyWatchMs: 50,
  recheckMs: 50,
  relistMs: [3_600_000, 3_600_000],
};

/** A store that follows fake clusters, by name; to be stopped before they are. */
export function createTestStore(
  clusters: Record<string, FakeKubernetes>,
  timing: Partial<ReflectorTiming> = {},
): KubernetesClusterStore {
  return KubernetesClusterStore.start({
    clusters: Object.entries(clusters).flatMap(([name, kubernetes]) =>
      readClusters(new ConfigReader({ kubernetes: kubernetes.config(name) })),
    ),
    timeoutMs: 1_000,
    timing: { ...testTiming, ...timing },
  });
}
