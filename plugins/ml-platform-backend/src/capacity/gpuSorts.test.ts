import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { readCase } from '../__testUtils__/readCase';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const MIG = {
  resource: 'nvidia.com/mig-1g.5gb',
  unit: 'slice',
  name: 'MIG 1g.5gb slice',
};
const AMD = { resource: 'amd.com/gpu', unit: 'gpu', name: 'GPU' };
const SHARED = {
  resource: 'nvidia.com/gpu.shared',
  unit: 'share',
  name: 'shared GPU',
};

describe('slices, shares and GPUs of other vendors', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      ...readCase('36-mig-and-other-gpus'),
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'team', namespace: 'app-ml-team-dev' },
        status: {
          hard: { 'requests.nvidia.com/mig-1g.5gb': '4' },
          used: { 'requests.nvidia.com/mig-1g.5gb': '2' },
        },
      },
    ];
    platform = await startMlPlatform({
      kubernetes,
      prices: {
        currency: 'EUR',
        perHour: { cpuCore: 0, memoryGib: 0, gpu: 1 },
        gpuProducts: [{ product: 'NVIDIA-A100-SXM4-80GB', perHour: 7 }],
        perMonth: { storageGib: 0 },
      },
    });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const get = async (path: string) => {
    const { status, body } = await platform.get('ml-engineer', path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };

  it('are listed by themselves in the capacity', async () => {
    const { clusters } = await get('/capacity');

    expect(clusters[0].gpus).toEqual([
      {
        ...MIG,
        product: 'NVIDIA-A100-SXM4-80GB',
        allocatable: 7,
        requested: 2,
        free: 5,
        largest: 5,
      },
    ]);
    expect(clusters[0].waiting).toEqual({
      pods: 1,
      gpuPods: 1,
      gpus: 0,
      gpuAmounts: [{ ...SHARED, count: 1 }],
    });
  });

  it('are shown as what they are in runs', async () => {
    const { items } = await get('/teams/app-ml-team/runs?sort=name&order=asc');

    expect(items).toMatchObject([
      { gpus: 0, gpuAmounts: [{ ...MIG, count: 2 }], gpuHours: 0 },
      { gpus: 4, gpuAmounts: [{ ...AMD, count: 4 }], sliceHours: 0 },
      {
        gpus: 0,
        gpuAmounts: [{ ...SHARED, count: 1 }],
        reason: expect.stringContaining('shared GPU'),
      },
    ]);
    expect(items[0].sliceHours).toBeGreaterThan(0);
    expect(items[1].gpuHours).toBeGreaterThan(0);
  });

  it('count in the quota', async () => {
    const { environments } = await get(
      '/teams/app-ml-team/quota?environment=dev&sort=gpus',
    );

    expect(environments[0].resources).toMatchObject([
      { kind: 'gpu', gpu: MIG, used: 2, hard: 4 },
    ]);
    expect(environments[0].consumers).toMatchObject([
      { workload: 'case-36b', gpus: 4, gpuAmounts: [{ ...AMD, count: 4 }] },
      { workload: 'case-36', gpus: 0, gpuAmounts: [{ ...MIG, count: 2 }] },
      { workload: 'case-36c', gpuAmounts: [{ ...SHARED, count: 1 }] },
    ]);
  });

  it('cost their part of the GPU of their node', async () => {
    const { items } = await get(
      '/teams/app-ml-team/cost?sort=workload&order=asc',
    );

    expect(
      items.map(({ workload, breakdown }: any) => [workload, breakdown.gpu]),
    ).toEqual([
      // Two of seven slices of a GPU for 7 EUR.
      ['case-36', 2],
      ['case-36b', 28],
    ]);
  });
});
