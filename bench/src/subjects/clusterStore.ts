/** The cluster store of this project. */
import { ConfigReader } from '@backstage/config';
import {
  KubernetesClusterStore,
  readClusters,
} from '@internal/plugin-ml-platform-node';
import { setTimeout as delay } from 'node:timers/promises';
import { runWatchClient } from './WatchClient';

let store: KubernetesClusterStore;

runWatchClient({
  sync: async url => {
    const cluster = {
      name: 'fixture',
      url,
      authProvider: 'serviceAccount',
      serviceAccountToken: 'a-token',
      skipTLSVerify: true,
    };
    store = KubernetesClusterStore.start({
      clusters: readClusters(
        new ConfigReader({
          kubernetes: {
            clusterLocatorMethods: [{ type: 'config', clusters: [cluster] }],
          },
        }),
      ),
    });
    while (store.status().some(({ state }) => state === 'syncing')) {
      await delay(20);
    }
  },
  // Of the type that has been relisted least often.
  relists: () =>
    Math.min(
      ...store
        .status()
        .filter(({ objects }) => objects > 0)
        .map(({ relists }) => relists),
    ),
  onPod: onServed => {
    store.subscribe(({ type, object }) => {
      if (type !== 'pods' || !object) {
        return;
      }
      const { namespace, name } = object.metadata;
      store
        .list('fixture', 'pods', { namespace })
        .then(({ items }) =>
          onServed(
            String(
              items.find(({ metadata }) => metadata.name === name)?.status
                ?.message,
            ),
          ),
        )
        .catch(() => {});
    });
  },
  stored: async type => {
    const { items } = await store.list('fixture', type);
    return {
      objects: items.length,
      versions: items.reduce(
        (sum, { metadata }) => sum + Number(metadata.resourceVersion),
        0,
      ),
    };
  },
  read: async workload =>
    (await store.list('fixture', 'pods', { workload })).items.length,
});
