import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  clusterStoreServiceRef,
  platformRepositoryServiceRef,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  fakePermissions,
} from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import argocdPlugin from './index';

const COMMIT = 'a'.repeat(40);
const OTHER_COMMIT = 'b'.repeat(40);
const APP = 'app-ml-team--scorer--dev';
const SELECTOR =
  'ml-platform.io/team=app-ml-team,ml-platform.io/workload=scorer';

const permissions = fakePermissions({
  'user:default/ml-engineer': { 'ml-platform.team.read': ['app-ml-team'] },
  'user:default/data-engineer': { 'ml-platform.team.read': ['app-data-team'] },
});

describe('argocd', () => {
  let kubernetes: FakeKubernetes;
  let backend: TestBackend;
  let store: ReturnType<typeof createTestStore>;

  const get = (path: string, person = 'ml-engineer') =>
    request(backend.server)
      .get(`/api/argocd${path}`)
      .set(
        'authorization',
        mockCredentials.user.header(`user:default/${person}`),
      );

  const start = async () => {
    store = createTestStore({ sandbox: kubernetes });
    const data = { kubernetes: kubernetes.config('sandbox') };
    backend = await startTestBackend({
      features: [
        argocdPlugin,
        mockServices.rootConfig.factory({ data }),
        mockServices.permissions.mock(permissions).factory,
        createServiceFactory({
          service: clusterStoreServiceRef,
          deps: {},
          factory: () => store,
        }),
        createServiceFactory({
          service: platformRepositoryServiceRef,
          deps: {},
          factory: () =>
            ({
              revision: async () => ({
                author: 'ML engineer <ml@example.com>',
                date: '2026-11-20T09:00:00Z',
                message: 'Add scorer',
              }),
            } as Partial<PlatformRepository> as PlatformRepository),
        }),
      ],
    });
    await kubernetes.settled(store);
  };
  const stop = async () => {
    await backend.stop();
    await store.stop();
  };

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    const scorer = fakeObjects.application('app-ml-team', 'scorer', 'dev', {
      sync: { status: 'Synced', revision: COMMIT },
      health: { status: 'Healthy' },
      history: [
        { id: 0, revision: COMMIT, deployedAt: '2026-11-20T10:00:00Z' },
      ],
      operationState: {
        phase: 'Succeeded',
        startedAt: '2026-11-20T10:00:00Z',
        finishedAt: '2026-11-20T10:00:05Z',
        syncResult: { revision: COMMIT },
      },
      conditions: [
        { type: 'SyncError', message: 'dial tcp 10.0.0.1:443: refused' },
      ],
      resources: [{ kind: 'Deployment' }],
    });
    scorer.metadata.managedFields = [{ manager: 'argocd' }];
    Object.assign(scorer.spec as object, {
      source: {
        repoURL: 'https://bot:token@git.example.com/acme/platform.git',
      },
    });
    kubernetes.objects = [
      scorer,
      fakeObjects.application('app-ml-team', 'fresh', 'dev', {}),
      fakeObjects.application('app-data-team', 'data-api', 'dev', {}),
      // Labels can claim anything; the project decides.
      {
        ...fakeObjects.application('app-ml-team', 'scorer', 'prod', {}),
        spec: { project: 'app-data-team' },
      },
    ];
    await start();
  });
  afterEach(async () => {
    await stop();
    await kubernetes.stop();
  });

  it('finds Applications of a team of the caller by name and by selector', async () => {
    const byName = await get(`/find/name/${APP}`);
    const bySelector = await get(
      `/find/selector/${encodeURIComponent(SELECTOR)}`,
    );

    expect(byName.body).toEqual([{ name: 'argocd', url: '', appName: [APP] }]);
    expect(bySelector.body).toEqual(byName.body);
  });

  it('returns only the fields that the cards decode', async () => {
    const { body } = await get(`/argoInstance/argocd/applications/name/${APP}`);
    const list = await get(
      `/argoInstance/argocd/applications/selector/${encodeURIComponent(
        SELECTOR,
      )}`,
    );
    const fresh = await get(
      '/argoInstance/argocd/applications/name/app-ml-team--fresh--dev',
    );

    expect(body).toMatchObject({
      metadata: {
        name: APP,
        namespace: 'argocd',
        instance: { name: 'argocd' },
      },
      spec: {
        source: { repoURL: 'https://git.example.com/acme/platform.git' },
      },
      status: {
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        operationState: { startedAt: '2026-11-20T10:00:00Z' },
        history: [{ id: 0, revision: COMMIT }],
        conditions: [{ message: 'dial tcp (address): refused' }],
      },
    });
    expect(body.metadata).not.toHaveProperty('managedFields');
    expect(body.status).not.toHaveProperty('resources');
    expect(list.body).toEqual({ items: [body] });
    expect(fresh.body.status).toEqual({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
      history: [],
    });
  });

  it('returns the author of a revision that the Application deployed', async () => {
    const metadata = (revision: string, person?: string) =>
      get(
        `/argoInstance/argocd/applications/name/${APP}/revisions/${revision}/metadata`,
        person,
      );

    expect((await metadata(COMMIT)).body).toEqual({
      author: 'ML engineer <ml@example.com>',
      date: '2026-11-20T09:00:00Z',
      message: 'Add scorer',
    });
    expect((await metadata(OTHER_COMMIT)).status).toBe(404);
    expect((await metadata(COMMIT, 'data-engineer')).status).toBe(404);
    expect((await metadata('HEAD')).status).toBe(400);
    expect((await metadata('--output=x')).status).toBe(400);
  });

  it('returns the same response for forbidden and for missing Applications', async () => {
    const answers = await Promise.all(
      [
        '/argoInstance/argocd/applications/name/app-data-team--data-api--dev',
        '/argoInstance/argocd/applications/name/app-ml-team--scorer--prod',
        '/argoInstance/argocd/applications/name/nothing',
        `/argoInstance/other/applications/name/${APP}`,
      ].map(path => get(path)),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect(body.error).toEqual(answers[0].body.error);
    }
    expect((await get('/find/name/app-data-team--data-api--dev')).body).toEqual(
      [],
    );
    expect((await get('/find/name/nothing')).body).toEqual([]);
  });

  it.each([
    '/find/name/..%2Frepositories',
    `/find/selector/${encodeURIComponent('a&projects=x')}`,
    `/find/selector/${encodeURIComponent('team in (a,b)')}`,
    '/argoInstance/argocd/applications/name/..%2F..%2Fapi',
    '/argoInstance/argocd/applications/selector/%20',
  ])('refuses %s', async path => {
    const asked = kubernetes.requests.length;

    expect((await get(path)).status).toBe(400);
    expect(
      kubernetes.requests
        .slice(asked)
        .filter(each => !each.includes('watch=1')),
    ).toEqual([]);
  });

  it('has no mutating route', async () => {
    const api = request(backend.server);
    const answers = await Promise.all(
      [
        api.post('/api/argocd/sync'),
        api.post('/api/argocd/createArgo'),
        api.delete(`/api/argocd/argoInstance/argocd/applications/${APP}`),
      ].map(asked => asked.set('authorization', mockCredentials.user.header())),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('requires a signed-in user', async () => {
    const ask = (header: string) =>
      request(backend.server)
        .get(`/api/argocd/find/name/${APP}`)
        .set('authorization', header);

    expect((await ask(mockCredentials.none.header())).status).toBe(401);
    expect((await ask(mockCredentials.service.header())).status).toBe(403);
  });

  it('returns the last known state while the cluster is down', async () => {
    await stop();
    kubernetes.behaviour = 500;
    await start();
    const never = await get(`/find/name/${APP}`);
    kubernetes.behaviour = 'normal';
    await kubernetes.settled(store);
    kubernetes.behaviour = 500;
    await kubernetes.settled(store);

    expect(never.status).toBe(503);
    expect(never.body.error.message).toBe(
      'Kubernetes (sandbox) answered with an error.',
    );
    expect((await get(`/find/name/${APP}`)).body).toHaveLength(1);
  });
});
