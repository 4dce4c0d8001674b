import {
  teamCostSchema,
  teamsCostSchema,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

const prices = {
  currency: 'EUR',
  perHour: { cpuCore: 0.1, memoryGib: 0.01, gpu: 2 },
  gpuProducts: [{ product: 'NVIDIA-A100', perHour: 4 }],
  perMonth: { storageGib: 0.073 },
  nodePools: [{ name: 'spot', multiplier: 0.5 }],
};
const node = (name: string, labels: Record<string, string>): FakeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
});
const pod = (
  namespace: string,
  workload: string,
  nodeName: string | undefined,
  requests: Record<string, string>,
  claimName?: string,
): FakeObject =>
  fakeObjects.ofWorkload(workload, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${workload}-pod`, namespace },
    spec: {
      nodeName,
      containers: [{ name: 'c', resources: { requests } }],
      volumes: [
        {
          name: 'v',
          ...(claimName && { persistentVolumeClaim: { claimName } }),
        },
      ],
    },
    status: { phase: nodeName ? 'Running' : 'Pending' },
  });

describe('cost', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'ml-dev'),
      fakeObjects.namespace('app-ml-team', 'prod', 'ml-prod'),
      fakeObjects.namespace('app-data-team', 'dev', 'data-dev'),
      node('plain', { 'ml-platform.io/pool': 'general' }),
      node('cheap', {
        'ml-platform.io/pool': 'spot',
        'nvidia.com/gpu.product': 'NVIDIA-A100',
      }),
      pod('ml-dev', 'scorer', 'plain', { cpu: '1500m', memory: '2Gi' }),
      pod(
        'ml-dev',
        'training',
        'cheap',
        { cpu: '2', 'nvidia.com/gpu': '1' },
        'data',
      ),
      pod('ml-prod', 'scorer', 'plain', { cpu: '3' }),
      pod('ml-prod', 'waiting', undefined, { cpu: '100' }),
      pod('data-dev', 'api', 'gone', { 'nvidia.com/gpu': '3' }),
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'ml-dev' },
        spec: { resources: { requests: { storage: '100Gi' } } },
        status: { phase: 'Bound', capacity: { storage: '1000Gi' } },
      },
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'tenant', namespace: 'ml-dev' },
        status: {
          hard: { 'requests.cpu': '10', pods: '10' },
          used: { 'requests.cpu': '3500m', pods: '2' },
        },
      },
    ];
    platform = await startMlPlatform({ kubernetes, prices });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const team = async (query = '') => {
    const { status, body } = await platform.get(
      'ml-engineer',
      `/teams/app-ml-team/cost${query}`,
    );
    expect(status).toBe(200);
    return teamCostSchema.parse(body);
  };
  const teams = async (person: string, query = '') => {
    const { status, body } = await platform.get(person, `/cost${query}`);
    expect(status).toBe(200);
    return teamsCostSchema.parse(body);
  };

  it('prices the requests of workloads on their nodes, and their volumes', async () => {
    const answer = await team();

    expect(answer).toMatchObject({
      configured: true,
      currency: 'EUR',
      sample: false,
      basis: 'requests',
      total: 3,
      freshness: { stale: false, problems: [] },
      idleQuota: [{ environment: 'dev', share: 0.65 }],
    });
    expect(answer.items).toEqual([
      {
        workload: 'training',
        environment: 'dev',
        pods: 1,
        // 2 cores and an A100 at half the price, and 1000 GiB of storage.
        perHour: 2.2,
        perDay: 52.8,
        perMonth: 1584,
        breakdown: { cpu: 0.1, memory: 0, gpu: 2, storage: 0.1 },
      },
      {
        workload: 'scorer',
        environment: 'prod',
        pods: 1,
        perHour: 0.3,
        perDay: 7.2,
        perMonth: 216,
        breakdown: { cpu: 0.3, memory: 0, gpu: 0, storage: 0 },
      },
      {
        workload: 'scorer',
        environment: 'dev',
        pods: 1,
        perHour: 0.17,
        perDay: 4.08,
        perMonth: 122.4,
        breakdown: { cpu: 0.15, memory: 0.02, gpu: 0, storage: 0 },
      },
    ]);
    expect(answer.totals).toEqual({
      perHour: 2.67,
      perDay: 64.08,
      perMonth: 1922.4,
      breakdown: { cpu: 0.55, memory: 0.02, gpu: 2, storage: 0.1 },
    });
  });

  it('filters, sorts and pages items; totals include all pages', async () => {
    const names = ({ items }: Awaited<ReturnType<typeof team>>) =>
      items.map(({ workload, environment }) => `${workload} ${environment}`);

    const scorer = await team('?workload=scorer&sort=cpu&order=asc&limit=1');
    expect(names(scorer)).toEqual(['scorer dev']);
    expect(scorer).toMatchObject({ total: 2, totals: { perHour: 0.47 } });
    expect(
      names(await team('?sort=workload&order=asc&offset=1&limit=2')),
    ).toEqual(['scorer prod', 'training dev']);
    expect(names(await team('?environment=prod'))).toEqual(['scorer prod']);
  });

  it('prices a pod once it has a node', async () => {
    await team();
    kubernetes.objects = kubernetes.objects.map(object =>
      object.metadata.name === 'waiting-pod'
        ? pod('ml-prod', 'waiting', 'cheap', { cpu: '100' })
        : object,
    );

    expect((await team()).items[0]).toMatchObject({
      workload: 'waiting',
      perHour: 5,
    });
  });

  it('sums up only the teams that the caller may see', async () => {
    const all = await teams('platform-engineer');
    expect(all.items.map(each => [each.team, each.perHour])).toEqual([
      // The node is unknown, so its GPUs have the base price.
      ['app-data-team', 6],
      ['app-ml-team', 2.67],
    ]);
    expect(all).toMatchObject({ total: 2, totals: { perHour: 8.67 } });

    const own = await teams('ml-engineer');
    expect(own.items.map(each => each.team)).toEqual(['app-ml-team']);
    expect(own).toMatchObject({ total: 1, totals: { perHour: 2.67 } });
    expect(await teams('security-engineer')).toMatchObject({
      items: [],
      total: 0,
      totals: { perHour: 0 },
    });
    expect(
      (await teams('platform-engineer', '?sort=team&offset=1')).items,
    ).toMatchObject([{ team: 'app-data-team' }]);
  });

  it('responds alike to another team and to one that does not exist', async () => {
    const foreign = await platform.get(
      'data-engineer',
      '/teams/app-ml-team/cost',
    );
    const absent = await platform.get('data-engineer', '/teams/none/cost');
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(foreign.body.error).toEqual(absent.body.error);
  });

  it('is not configured without prices', async () => {
    await platform.stop();
    platform = await startMlPlatform({ kubernetes });

    expect(await team()).toMatchObject({
      configured: false,
      items: [],
      idleQuota: [],
    });
    expect(await teams('ml-engineer')).toMatchObject({ configured: false });
  });
});
