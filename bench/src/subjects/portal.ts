/** Benchmark process: a Backstage backend with the plugins of this project that read from clusters. */
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import sandboxSignIn from '@internal/plugin-auth-backend-module-sandbox';
import teamNamespaces from '@internal/plugin-kubernetes-backend-module-ml-platform';
// The rule applies because the package role of `bench` is not a backend. This process is one.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import mlPlatformPlugin from '@internal/plugin-ml-platform-backend';
import {
  clusterStoreServiceRef,
  rootHealthServiceFactory,
} from '@internal/plugin-ml-platform-node';
import permissionPolicy from '@internal/plugin-permission-backend-module-ml-platform';
import { runBackend } from './runBackend';

/** Delays the start of the backend until the store has read the cluster. */
const waitUntilSynced = createBackendPlugin({
  pluginId: 'bench',
  register(env) {
    env.registerInit({
      deps: { store: clusterStoreServiceRef },
      async init({ store }) {
        while (store.status().some(({ state }) => state === 'syncing')) {
          await delay(50);
        }
      },
    });
  },
});

runBackend(
  [
    rootHealthServiceFactory,
    authPlugin,
    sandboxSignIn,
    permissionPlugin,
    permissionPolicy,
    catalogPlugin,
    kubernetesPlugin,
    teamNamespaces,
    mlPlatformPlugin,
    waitUntilSynced,
  ],
  {
    // Required configuration. The measurements do not use the forge, and nothing listens on this port.
    integrations: {
      gitea: [{ host: '127.0.0.1:1', baseUrl: 'http://127.0.0.1:1' }],
    },
    mlPlatform: {
      repository: { url: 'http://127.0.0.1:1/acme/platform.git' },
      environments: [
        { name: 'dev', cluster: 'fixture', namespaceSuffix: '-dev' },
        { name: 'staging', cluster: 'fixture', namespaceSuffix: '-staging' },
        { name: 'prod', cluster: 'fixture' },
      ],
      groups: {
        platform: 'group:default/platform-team',
        security: 'group:default/security-team',
      },
    },
  },
);
