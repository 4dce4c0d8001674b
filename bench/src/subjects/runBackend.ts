import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { ConfigReader } from '@backstage/config';
import { replyToParent } from '../Child';

export type BackendCommand =
  | { do: 'start'; port: number; cluster: string; config?: object }
  | { do: 'cpu' };

type Feature = Parameters<ReturnType<typeof createBackend>['add']>[0];

/** Personas for sign-in. */
export const personas = {
  /** Member of team-0, which owns service-0. */
  engineer: 'engineer',
  /** Reads the findings of all teams. */
  security: 'security',
} as const;

/** Runs a Backstage backend on the fixture's cluster, and replies when its plugins are ready. */
export function runBackend(features: Feature[], config: object = {}): void {
  replyToParent<BackendCommand>(async command => {
    if (command.do === 'cpu') {
      const { user, system } = process.cpuUsage();
      return { cpuMs: (user + system) / 1_000 };
    }
    const { port, cluster } = command;
    const backend = createBackend();
    const data = {
      ...commonConfig(port, cluster),
      ...config,
      ...command.config,
    };
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => new ConfigReader(data),
      }),
    );
    features.forEach(feature => backend.add(feature));
    await backend.start();
    return {};
  });
}

function commonConfig(port: number, cluster: string) {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    auth: {
      environment: 'development',
      providers: {
        sandbox: {
          personas: Object.values(personas).map(user => ({
            user,
            title: user,
          })),
        },
      },
    },
    permission: { enabled: true },
    catalog: {
      locations: [
        {
          type: 'file',
          target: require.resolve('../fixture/catalog.yaml'),
          rules: [{ allow: ['User', 'Group', 'Component'] }],
        },
      ],
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'fixture',
              url: cluster,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'a-token',
              skipTLSVerify: true,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    },
  };
}
