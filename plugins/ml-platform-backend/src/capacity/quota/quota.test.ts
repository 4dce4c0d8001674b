import { teamQuotaSchema } from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object } from '../../__testUtils__/scorer';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

const pod = (
  name: string,
  requests: Record<string, string>,
  phase = 'Running',
) =>
  object('v1', 'Pod', name, {
    spec: { containers: [{ name: 'c', resources: { requests } }] },
    status: { phase },
  });

describe('GET /teams/:team/quota', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    const replicaSet = fakeObjects.ofWorkload(
      'scorer',
      object('apps/v1', 'ReplicaSet', 'scorer-1', {
        spec: { template: { spec: { containers: [] } } },
      }),
    );
    const unlabelled = fakeObjects.ofWorkload(
      'x',
      pod('scorer-1-b', { cpu: '1', memory: '2Gi' }),
      replicaSet,
    );
    delete unlabelled.metadata.labels;
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      object('v1', 'ResourceQuota', 'tenant', {
        spec: { hard: { 'requests.cpu': '8', pods: '40' } },
        status: {
          hard: { 'requests.cpu': '8', pods: '40' },
          used: { 'requests.cpu': '2500m', pods: '3' },
        },
      }),
      object('v1', 'LimitRange', 'tenant', {
        spec: {
          limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }],
        },
      }),
      replicaSet,
      unlabelled,
      fakeObjects.ofWorkload('scorer', pod('scorer-1-a', { cpu: '1' })),
      fakeObjects.ofWorkload(
        'training',
        pod('run', { cpu: '500m', 'nvidia.com/gpu': '4' }, 'Pending'),
      ),
      fakeObjects.ofWorkload('training', pod('old', { cpu: '9' }, 'Failed')),
      pod('shell', { cpu: '100m' }),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const read = async (query = '') => {
    const { status, body } = await platform.get(
      'ml-engineer',
      `/teams/app-ml-team/quota${query}`,
    );
    expect(status).toBe(200);
    return teamQuotaSchema.parse(body);
  };

  it('shows use and limits of the quota, its consumers and the default limits', async () => {
    const { environments, freshness } = await read();

    expect(freshness).toMatchObject({ stale: false, problems: [] });
    expect(environments).toEqual([
      {
        environment: 'dev',
        cluster: 'sandbox',
        namespace: NAMESPACE,
        resources: [
          expect.objectContaining({ resource: 'pods', used: 3, hard: 40 }),
          expect.objectContaining({
            resource: 'requests.cpu',
            used: 2.5,
            usedQuantity: '2500m',
            ratio: 0.3125,
          }),
        ],
        consumers: [
          {
            workload: 'scorer',
            pods: 2,
            cpu: 2,
            memory: 2 ** 31,
            gpus: 0,
            gpuAmounts: [],
          },
          {
            workload: 'training',
            pods: 1,
            cpu: 0.5,
            memory: 0,
            gpus: 4,
            gpuAmounts: [
              {
                resource: 'nvidia.com/gpu',
                unit: 'gpu',
                name: 'GPU',
                count: 4,
              },
            ],
          },
          { pods: 1, cpu: 0.1, memory: 0, gpus: 0, gpuAmounts: [] },
        ],
        consumersTotal: 3,
        limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }],
      },
      {
        environment: 'prod',
        cluster: 'sandbox',
        resources: [],
        consumers: [],
        consumersTotal: 0,
        limits: [],
      },
    ]);
  });

  it('follows changes of pods, their owners and quotas', async () => {
    await read();
    kubernetes.objects = kubernetes.objects
      .filter(({ metadata }) => metadata.name !== 'scorer-1')
      .map(each =>
        each.kind === 'ResourceQuota'
          ? {
              ...each,
              spec: { hard: { pods: '9' } },
              status: { hard: { pods: '9' }, used: { pods: '8' } },
            }
          : each,
      );

    const [{ consumers, resources }] = (await read()).environments;
    expect(consumers.map(({ workload, pods }) => [workload, pods])).toEqual([
      [undefined, 2],
      ['scorer', 1],
      ['training', 1],
    ]);
    expect(resources).toMatchObject([{ resource: 'pods', hard: 9 }]);
  });

  it('filters environments, and sorts and pages consumers', async () => {
    const { environments } = await read(
      '?environment=dev&sort=gpus&limit=1&offset=0',
    );
    expect(environments).toHaveLength(1);
    expect(environments[0]).toMatchObject({
      consumers: [{ workload: 'training' }],
      consumersTotal: 3,
    });
    const unknown = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/quota?environment=moon',
    );
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.message).toContain('Choose one of: dev, prod');
  });

  it('responds alike to another team and to one that does not exist', async () => {
    const otherTeam = await platform.get(
      'data-engineer',
      '/teams/app-ml-team/quota',
    );
    const absent = await platform.get('data-engineer', '/teams/none/quota');
    expect([otherTeam.status, absent.status]).toEqual([404, 404]);
    expect(otherTeam.body.error).toEqual(absent.body.error);
  });
});
