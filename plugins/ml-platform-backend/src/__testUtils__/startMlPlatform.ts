import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import {
  clusterStoreServiceRef,
  forgeServiceRef,
  platformRepositoryServiceRef,
  type Forge,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  fakePermissions,
  type FakeKubernetes,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import request from 'supertest';
import mlPlatformPlugin from '../index';
import { assertDocumented, type OpenApiDocument } from './assertDocumented';

/** Notifications with this in their title are refused. */
export const UNSENDABLE = 'Unsendable';

const everything = (teams: string[] | 'all') => ({
  'ml-platform.capacity.read': 'all' as const,
  'ml-platform.team.read': teams,
  'ml-platform.pod-logs.read': teams,
  'ml-platform.findings.read': teams,
  'ml-platform.change-request.create': teams,
});

const permissions = fakePermissions({
  'user:default/ml-engineer': everything(['app-ml-team']),
  'user:default/data-engineer': everything(['app-data-team']),
  'user:default/platform-engineer': everything('all'),
  'user:default/security-engineer': {
    'ml-platform.capacity.read': 'all',
    'ml-platform.findings.read': 'all',
  },
});

/** The route of the webhook is defined with one, whatever a test is about. */
const REFUSING_WEBHOOK: Forge['webhook'] = {
  header: 'X-Signature',
  isSigned: () => false,
  read: () => ({}),
};

/**
 * The plugin on a fake cluster, with people of two teams. `get` waits until the store has seen the cluster, and then reads
 * a route as the named person.
 */
export async function startMlPlatform(options: {
  kubernetes: FakeKubernetes;
  repository?: Partial<PlatformRepository>;
  forge?: Partial<Forge>;
  grafanaUrl?: string;
  /** `mlPlatform.prices`. */
  prices?: JsonObject;
  /** `mlPlatform.changeRequests`. */
  requests?: { pollSeconds?: number; webhookSecret?: string };
  trailerSecret?: string;
  features?: BackendFeature[];
  /** Default: a new one in memory. Pass one database twice for a restart or for a second replica. */
  database?: Knex;
  /** Further keys of `mlPlatform` in app-config. */
  config?: JsonObject;
}) {
  const {
    kubernetes,
    repository,
    forge = {},
    grafanaUrl,
    prices,
    requests,
    trailerSecret,
    features = [],
    database,
  } = options;
  const data = {
    kubernetes: kubernetes.config('sandbox'),
    mlPlatform: {
      sandbox: true,
      repository: {
        url: 'http://forge.example.com/acme/platform.git',
        rootDirectory: 'infra',
        ...(trailerSecret && { trailerSecret }),
      },
      ...(requests && { changeRequests: requests }),
      ...(prices && { prices }),
      environments: [
        { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
        { name: 'prod', cluster: 'sandbox' },
      ],
      groups: {
        platform: 'group:default/platform-team',
        security: 'group:default/security-team',
      },
      ...(grafanaUrl && {
        grafana: {
          url: grafanaUrl,
          publicUrl: 'https://grafana.example.com',
          token: 'grafana-token',
        },
      }),
      ...options.config,
    },
  };
  const notifications: NotificationSendOptions[] = [];
  const store = createTestStore({ sandbox: kubernetes });
  const backend = await startTestBackend({
    features: [
      ...features,
      mlPlatformPlugin,
      mockServices.rootConfig.factory({ data }),
      mockServices.permissions.mock(permissions).factory,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'app-ml-team' },
            spec: {
              type: 'team',
              children: [],
              profile: { displayName: 'ML team' },
            },
          },
        ],
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            if (notification.payload.title.includes(UNSENDABLE)) {
              throw new Error('No');
            }
            notifications.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: clusterStoreServiceRef,
        deps: {},
        factory: () => store,
      }),
      createServiceFactory({
        service: forgeServiceRef,
        deps: {},
        factory: () =>
          (forge.webhook
            ? forge
            : { webhook: REFUSING_WEBHOOK, ...forge }) as Forge,
      }),
      createServiceFactory({
        service: platformRepositoryServiceRef,
        deps: {},
        factory: () =>
          ({
            lastKnownHead: () => undefined,
            ...repository,
          } as PlatformRepository),
      }),
      ...(database ? [databaseFeature(database)] : []),
    ],
  });
  const get = (
    person: string,
    path: string,
    headers: Record<string, string> = {},
  ) =>
    request(backend.server)
      .get(`/api/ml-platform${path}`)
      .set({
        ...headers,
        authorization: mockCredentials.user.header(`user:default/${person}`),
      });
  let document: Promise<OpenApiDocument> | undefined;
  const readDocument = async () =>
    (await get('ml-engineer', '/openapi.json')).body;
  return {
    stop: async () => {
      await backend.stop();
      await store.stop();
    },
    /** Responses are validated against the OpenAPI document. */
    get: async (...args: Parameters<typeof get>) => {
      await kubernetes.settled(store);
      const response = await get(...args);
      document ??= readDocument();
      assertDocumented(await document, args[1], response);
      return response;
    },
    /** For responses that may not end. */
    stream: (person: string, path: string) => {
      const { port } = backend.server.address() as AddressInfo;
      return fetch(`http://localhost:${port}/api/ml-platform${path}`, {
        headers: {
          authorization: mockCredentials.user.header(`user:default/${person}`),
        },
      });
    },
    server: backend.server,
    /** Notifications that the plugin has sent. */
    notifications,
  };
}

function databaseFeature(database: Knex) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => ({ getClient: async () => database }),
  });
}
