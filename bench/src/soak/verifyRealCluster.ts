import { setTimeout as delay } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import {
  KubernetesClusterStore,
  listPath,
  objectTypes,
  readClusters,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';
import { startRealPlatform } from '@internal/real-platform';
import { churn } from './churn';
import { RealCluster, objectVersion } from './RealCluster';

const CLUSTER = 'real';
/** Longest wait until the controllers stop changing objects and the store is equal to the server. */
const SETTLE_TIMEOUT_SECONDS = 90;

/**
 * Runs the cluster store on a real API server while objects change constantly, then compares the store with the server. Changes
 * come from this benchmark, from the Kubernetes controllers and from kwok, which simulates nodes.
 *
 * @throws if a type of the store does not become equal to the server
 */
export async function verifyRealCluster(minutes: number): Promise<{
  /** Number of changes by this benchmark; controllers make many more. */
  changes: number;
  /** Number of watch events that the store received. */
  events: number;
  /** Number of lists after the initial ones. */
  relists: number;
  /** Number of compared object types. */
  types: number;
}> {
  const platform = await startRealPlatform({ components: ['kubernetes'] });
  const { kubernetes } = platform;
  if (!kubernetes) {
    throw new Error('The real platform has no Kubernetes');
  }
  const store = KubernetesClusterStore.start({
    clusters: readClusters(
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: CLUSTER,
                  url: kubernetes.url,
                  caFile: kubernetes.caFile,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: kubernetes.readerToken,
                },
              ],
            },
          ],
        },
      }),
    ),
  });
  try {
    const cluster = await RealCluster.create(kubernetes);
    const changes = await churn(cluster, minutes * 60_000);
    const types = await expectEqual(store, cluster);
    const events = store.status().reduce((sum, each) => sum + each.events, 0);
    const relists = store.status().reduce((sum, each) => sum + each.relists, 0);
    return { changes, events, relists, types };
  } finally {
    await store.stop();
    await platform.stop();
  }
}

/** Waits until all synced types are equal to the server's. @returns their number */
async function expectEqual(
  store: KubernetesClusterStore,
  cluster: RealCluster,
): Promise<number> {
  const synced = store.status().filter(({ state }) => state === 'synced');
  let different = synced.map(({ type }) => type);
  for (let i = 0; i < SETTLE_TIMEOUT_SECONDS && different.length > 0; i += 1) {
    await delay(1_000);
    const equal = await Promise.all(
      different.map(type => isEqual(store, cluster, type)),
    );
    different = different.filter((_, index) => !equal[index]);
  }
  const failing = store.status().filter(({ problem }) => problem);
  if (different.length > 0 || failing.length > 0) {
    throw new Error(
      `Not equal to the server: ${different}; failing: ${JSON.stringify(
        failing,
      )}`,
    );
  }
  return synced.length;
}

/** Compares names and resource versions. */
async function isEqual(
  store: KubernetesClusterStore,
  cluster: RealCluster,
  type: ObjectType,
): Promise<boolean> {
  const { fieldSelector } = objectTypes[type];
  const query = fieldSelector
    ? `?fieldSelector=${encodeURIComponent(fieldSelector)}`
    : '';
  const expected = await cluster.listVersions(
    `${listPath(objectTypes[type], undefined)}${query}`,
  );
  const { items } = await store.list(CLUSTER, type);
  const actual = items.map(({ metadata }) => objectVersion(metadata)).sort();
  return JSON.stringify(actual) === JSON.stringify(expected);
}
