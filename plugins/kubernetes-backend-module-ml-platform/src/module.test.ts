import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { clusterStoreServiceRef } from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  fakePermissions,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import kubernetesModuleMlPlatform from './index';

const permissions = fakePermissions({
  'user:default/ml-engineer': { 'ml-platform.team.read': ['app-ml-team'] },
  'user:default/data-engineer': { 'ml-platform.team.read': ['app-data-team'] },
  'user:default/platform-engineer': { 'ml-platform.team.read': 'all' },
});

const component = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: {},
});

const of = (
  workload: string,
  kind: string,
  apiVersion: string,
  name: string,
  namespace: string,
): FakeObject =>
  fakeObjects.ofWorkload(workload, {
    apiVersion,
    kind,
    metadata: { name, namespace },
  });

describe('Kubernetes routes', () => {
  let kubernetes: FakeKubernetes;
  let backend: TestBackend;
  let store: ReturnType<typeof createTestStore>;

  const post = (path: string, body: object, person = 'ml-engineer') =>
    request(backend.server)
      .post(`/api/kubernetes${path}`)
      .set(
        'authorization',
        mockCredentials.user.header(`user:default/${person}`),
      )
      .send(body);
  const workloads = (entity: string, person?: string) =>
    post(
      '/resources/workloads/query',
      { entityRef: `component:default/${entity}`, auth: {} },
      person,
    );
  const names = (body: {
    items: Array<{
      resources: Array<{ resources: Array<{ metadata: { name: string } }> }>;
    }>;
  }) =>
    body.items
      .flatMap(({ resources }) => resources)
      .flatMap(({ resources }) => resources)
      .map(({ metadata }) => metadata.name);

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
      of('scorer', 'Pod', 'v1', 'ml-pod', 'app-ml-team-dev'),
      of('scorer', 'Deployment', 'apps/v1', 'ml-deployment', 'app-ml-team-dev'),
      of(
        'scorer',
        'VulnerabilityReport',
        'aquasecurity.github.io/v1alpha1',
        'ml-report',
        'app-ml-team-dev',
      ),
      of('other', 'Pod', 'v1', 'ml-other-pod', 'app-ml-team-dev'),
      of('scorer', 'Pod', 'v1', 'data-pod', 'app-data-team-dev'),
      of('scorer', 'Pod', 'v1', 'system-pod', 'kube-system'),
    ];
    const config = kubernetes.config('sandbox');
    const data = {
      kubernetes: {
        ...config,
        objectTypes: ['pods', 'deployments', 'secrets'],
        customResources: [
          {
            group: 'aquasecurity.github.io',
            apiVersion: 'v1alpha1',
            plural: 'vulnerabilityreports',
          },
        ],
      },
    };
    store = createTestStore({ sandbox: kubernetes });
    backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        kubernetesModuleMlPlatform,
        mockServices.rootConfig.factory({ data }),
        mockServices.permissions.mock(permissions).factory,
        catalogServiceMock.factory({
          entities: [
            component('scorer', { 'ml-platform.io/team': 'app-ml-team' }),
            component('teamless', { 'backstage.io/kubernetes-id': 'scorer' }),
            component('deputy', {
              'ml-platform.io/team': 'app-ml-team',
              'backstage.io/kubernetes-id': 'scorer',
              'backstage.io/kubernetes-namespace': 'app-data-team-dev',
              'backstage.io/kubernetes-label-selector': 'a!=b',
            }),
          ],
        }),
        createServiceFactory({
          service: clusterStoreServiceRef,
          deps: {},
          factory: () => store,
        }),
      ],
    });
    await kubernetes.settled(store);
  });
  afterEach(async () => {
    await backend.stop();
    await store.stop();
    await kubernetes.stop();
  });

  it("return the workload in the namespaces of the caller's team", async () => {
    const { status, body } = await workloads('scorer');

    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({
      cluster: { name: 'sandbox' },
      podMetrics: [],
      errors: [],
    });
    expect(names(body)).toEqual(['ml-pod', 'ml-deployment', 'ml-report']);
  });

  it('authorise by user and namespace, not by entity annotations', async () => {
    expect(names((await workloads('scorer', 'data-engineer')).body)).toEqual(
      [],
    );
    expect(names((await workloads('deputy')).body)).not.toContain('data-pod');
    expect(names((await workloads('teamless')).body)).not.toContain('data-pod');
    expect(names((await workloads('teamless', 'data-engineer')).body)).toEqual([
      'data-pod',
    ]);
    const all = names((await workloads('teamless', 'platform-engineer')).body);
    expect(all).toEqual(expect.arrayContaining(['ml-pod', 'data-pod']));
    expect(all).not.toContain('system-pod');
  });

  it('authorise the deprecated route the same way', async () => {
    const entity = component('deputy', {
      'backstage.io/kubernetes-namespace': 'app-data-team-dev',
    });
    const { body } = await post('/services/deputy', { entity, auth: {} });
    const withoutEntity = await post('/services/deputy', { auth: {} });

    expect(names(body)).toEqual(['ml-pod', 'ml-deployment', 'ml-report']);
    expect(withoutEntity.status).toBe(403);
  });

  it('never read Secrets, nor custom resources that are not configured', async () => {
    const { body } = await post('/resources/custom/query', {
      entityRef: 'component:default/scorer',
      auth: {},
      customResources: [
        { group: '', apiVersion: 'v1', plural: 'secrets' },
        { group: '', apiVersion: 'v1', plural: 'pods' },
        {
          group: 'aquasecurity.github.io',
          apiVersion: 'v1alpha1',
          plural: 'vulnerabilityreports',
        },
        {
          group: 'aquasecurity.github.io',
          apiVersion: 'v1alpha1',
          plural: '../../../api/v1/secrets',
        },
      ],
    });
    await workloads('scorer');

    expect(names(body)).toEqual(['ml-report']);
    expect(
      kubernetes.requests.filter(path => path.includes('secrets')),
    ).toEqual([]);
  });

  it('require a user', async () => {
    const { status } = await request(backend.server)
      .post('/api/kubernetes/resources/workloads/query')
      .set('authorization', mockCredentials.service.header())
      .send({ entityRef: 'component:default/scorer', auth: {} });

    expect(status).toBe(403);
  });

  it('return the last known state of a cluster that is down, with an error', async () => {
    await workloads('scorer');
    kubernetes.behaviour = 500;
    await kubernetes.settled(store);

    const { body, text } = await workloads('scorer');

    expect(names(body)).toEqual(['ml-pod', 'ml-deployment', 'ml-report']);
    expect(body.items[0].errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'Kubernetes (sandbox) answered with an error.',
      },
    ]);
    expect(text).not.toMatch(/127\.0|10\.0|dial/);
  });
});
