import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { ConfigReader } from '@backstage/config';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import sandboxSignIn from '@internal/plugin-auth-backend-module-sandbox';
// The rule applies because the package role of `bench` is not a backend. This process runs one.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import mlPlatformPlugin from '@internal/plugin-ml-platform-backend';
import {
  workloadSummarySchema,
  type Health,
} from '@internal/plugin-ml-platform-common';
import { rootHealthServiceFactory } from '@internal/plugin-ml-platform-node';
import permissionPolicy from '@internal/plugin-permission-backend-module-ml-platform';
import { freePorts, type RealPlatform } from '@internal/real-platform';
import type { Scenario } from './scenarioSchema';

const PERSONA = 'platform-engineer';
const MAX_ATTEMPTS = 120;
/** Tokens are valid for an hour. */
const TOKEN_MINUTES = 30;

export interface Portal {
  /** Health of a workload in its environment; undefined while the portal returns 404. */
  health(team: string, workload: string): Promise<Health | undefined>;
  stop(): Promise<void>;
}

/**
 * Starts the portal's backend on the systems of a real platform, and signs in as a member of the platform team.
 *
 * @param readAs - user of the API server whose token the portal uses.
 */
export async function startPortal(
  platform: RealPlatform,
  readAs: Scenario['readAs'],
): Promise<Portal> {
  const { port } = await freePorts(['port']);
  const url = `http://127.0.0.1:${port}`;
  const data = await portalConfig(platform, readAs, port);
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(data),
    }),
  );
  for (const feature of [
    rootHealthServiceFactory,
    authPlugin,
    sandboxSignIn,
    permissionPlugin,
    permissionPolicy,
    catalogPlugin,
    mlPlatformPlugin,
  ]) {
    backend.add(feature);
  }
  await backend.start();
  let token = await signIn(url);
  let renewAt = performance.now() + TOKEN_MINUTES * 60_000;
  return {
    health: async (team, workload) => {
      if (performance.now() > renewAt) {
        token = await signIn(url);
        renewAt = performance.now() + TOKEN_MINUTES * 60_000;
      }
      const response = await fetch(
        `${url}/api/ml-platform/teams/${team}/workloads/${workload}`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      if (response.status === 404) {
        return undefined;
      }
      if (!response.ok) {
        throw new Error(`${response.status} ${await response.text()}`);
      }
      return workloadSummarySchema.parse(await response.json()).environments[0]
        .health;
    },
    stop: () => backend.stop(),
  };
}

/** The catalog reads its entities after the start. */
async function signIn(url: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(
      `${url}/api/auth/sandbox/refresh?persona=${PERSONA}`,
      { headers: { 'x-requested-with': 'XMLHttpRequest' } },
    );
    if (response.ok) {
      const { backstageIdentity } = await response.json();
      return backstageIdentity.token;
    }
    if (attempt === MAX_ATTEMPTS) {
      throw new Error(`Sign-in: ${await response.text()}`);
    }
    await delay(1_000);
  }
}

async function portalConfig(
  { kubernetes, gitea }: RealPlatform,
  readAs: Scenario['readAs'],
  port: number,
) {
  if (!kubernetes || !gitea) {
    throw new Error('The real platform has no Kubernetes or no Gitea');
  }
  const baseUrl = `http://127.0.0.1:${port}`;
  const authority = await readFile(kubernetes.caFile);
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
        sandbox: { personas: [{ user: PERSONA, title: PERSONA }] },
      },
    },
    permission: { enabled: true },
    catalog: {
      locations: [
        {
          type: 'file',
          target: require.resolve('./catalog.yaml'),
          rules: [{ allow: ['User', 'Group'] }],
        },
      ],
    },
    integrations: {
      gitea: [
        {
          host: new URL(gitea.url).host,
          baseUrl: gitea.url,
          username: 'portal-bot',
          password: gitea.accounts['portal-bot'].token,
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
              name: 'real',
              url: kubernetes.url,
              caData: authority.toString('base64'),
              authProvider: 'serviceAccount',
              serviceAccountToken:
                readAs === 'portal'
                  ? kubernetes.readerToken
                  : kubernetes.outsiderToken,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    },
    mlPlatform: {
      repository: { url: gitea.repositoryUrl, rootDirectory: 'infra' },
      environments: [{ name: 'dev', cluster: 'real', namespaceSuffix: '-dev' }],
      groups: {
        platform: 'group:default/platform-team',
        security: 'group:default/security-team',
      },
    },
  };
}
