import { ConfigReader } from '@backstage/config';
import { KubernetesClusterStore, readClusters } from '../clusterStore';
import type { ReflectorTiming } from '../clusterStore/reflector/timing';
import type { FakeKubernetes } from './FakeKubernetes';

/** Fast retries, and timeouts that a busy machine does not exceed. */
export const testTiming: ReflectorTiming = {
  responseTimeoutMs: 5_000,
  watchIdleTimeoutMs: 1_000,
  watchSeconds: [300, 600],
  backoffMs: [20, 100],
  healthyWatchMs: 50,
  recheckMs: 50,
  relistMs: [3_600_000, 3_600_000],
};

/** Creates a store of fake clusters by name. Stop it before them. */
export function createTestStore(
  clusters: Record<string, FakeKubernetes>,
  options: Partial<ReflectorTiming> & { timeoutMs?: number } = {},
): KubernetesClusterStore {
  const { timeoutMs = 30_000, ...timing } = options;
  return KubernetesClusterStore.start({
    clusters: Object.entries(clusters).flatMap(([name, kubernetes]) =>
      readClusters(new ConfigReader({ kubernetes: kubernetes.config(name) })),
    ),
    timeoutMs,
    timing: { ...testTiming, ...timing },
  });
}
