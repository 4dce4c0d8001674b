import { capacitySchema } from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const node = (
  name: string,
  labels: Record<string, string>,
  gpus: number,
  rest: { unschedulable?: boolean; ready?: string; taints?: object[] } = {},
): FakeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { unschedulable: rest.unschedulable, taints: rest.taints },
  status: {
    allocatable: {
      cpu: '8',
      memory: '16Gi',
      pods: '10',
      ...(gpus && { 'nvidia.com/gpu': `${gpus}` }),
    },
    conditions: [{ type: 'Ready', status: rest.ready ?? 'True' }],
  },
});
const pod = (
  name: string,
  nodeName: string | undefined,
  requests: Record<string, string>,
  phase = 'Running',
): FakeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'anywhere' },
  spec: { nodeName, containers: [{ name: 'c', resources: { requests } }] },
  status: { phase },
});
const A100 = { 'nvidia.com/gpu.product': 'NVIDIA-A100' };
const gpuPool = { 'ml-platform.io/pool': 'gpu', ...A100 };
const gpu = (count: number) => ({ 'nvidia.com/gpu': `${count}` });

describe('GET /capacity', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      node('cpu-1', { 'karpenter.sh/nodepool': 'general' }, 0),
      node(
        'cpu-2',
        {
          'karpenter.sh/nodepool': 'general',
          'karpenter.sh/capacity-type': 'spot',
        },
        0,
        { ready: 'Unknown' },
      ),
      node('gpu-1', gpuPool, 4),
      node('gpu-2', gpuPool, 4),
      node('gpu-3', gpuPool, 8, { unschedulable: true }),
      node('gpu-4', gpuPool, 8, {
        taints: [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }],
      }),
      node('bare', {}, 0),
      pod('a', 'cpu-1', { cpu: '1500m', memory: '1Gi' }),
      pod('done', 'cpu-1', { cpu: '4' }, 'Succeeded'),
      pod('b', 'gpu-1', gpu(3)),
      pod('c', 'gpu-2', gpu(2)),
      pod('d', 'gpu-3', gpu(1)),
      pod('waiting', undefined, gpu(8), 'Pending'),
      pod('also waiting', undefined, { cpu: '1' }, 'Pending'),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const read = async () => {
    const { status, body } = await platform.get('data-engineer', '/capacity');
    expect(status).toBe(200);
    return capacitySchema.parse(body);
  };

  it('sums up allocatable, requested and free resources of node pools', async () => {
    const { clusters, freshness } = await read();

    expect(freshness).toMatchObject({ stale: false, problems: [] });
    expect(clusters).toHaveLength(1);
    const [{ pools, gpus, waiting }] = clusters;
    expect(pools.map(({ name }) => name)).toEqual([
      'default',
      'general',
      'gpu',
    ]);
    expect(pools[1]).toEqual({
      name: 'general',
      nodes: { total: 2, ready: 1, notReady: 1, cordoned: 0, spot: 1 },
      spotShare: 0.5,
      cpu: { allocatable: 16, requested: 1.5, free: 6.5 },
      memory: {
        allocatable: 2 ** 35,
        requested: 2 ** 30,
        free: 15 * 2 ** 30,
      },
      pods: { allocatable: 20, requested: 1, free: 9 },
      gpus: [],
    });
    expect(pools[2]).toMatchObject({
      nodes: { total: 4, ready: 4, cordoned: 2 },
      spotShare: 0,
    });
    // Three GPUs are free, but at most two on one node.
    const expected = [
      {
        resource: 'nvidia.com/gpu',
        unit: 'gpu',
        name: 'GPU',
        product: 'NVIDIA-A100',
        allocatable: 24,
        requested: 6,
        free: 3,
        largest: 2,
      },
    ];
    expect(pools[2].gpus).toEqual(expected);
    expect(gpus).toEqual(expected);
    expect(waiting).toEqual({
      pods: 2,
      gpuPods: 1,
      gpus: 8,
      gpuAmounts: [
        { resource: 'nvidia.com/gpu', unit: 'gpu', name: 'GPU', count: 8 },
      ],
    });
  });

  it('follows changes of pods and nodes', async () => {
    await read();
    kubernetes.objects = kubernetes.objects
      .filter(({ metadata }) => metadata.name !== 'c')
      .map(object =>
        object.metadata.name === 'waiting'
          ? pod('waiting', 'gpu-3', gpu(7))
          : object,
      );

    const [{ gpus, waiting }] = (await read()).clusters;
    expect(gpus[0]).toMatchObject({ requested: 11, free: 5, largest: 4 });
    expect(waiting).toEqual({
      pods: 1,
      gpuPods: 0,
      gpus: 0,
      gpuAmounts: [],
    });
  });

  it('requires the permission, and reveals no workloads or nodes', async () => {
    const { status } = await platform.get('guest', '/capacity');
    expect(status).toBe(403);
    const { body } = await platform.get('data-engineer', '/capacity');
    expect(JSON.stringify(body)).not.toMatch(/anywhere|cpu-1|"done"/);
  });

  it('lists the clusters when the cluster is unknown', async () => {
    const { status, body } = await platform.get(
      'ml-engineer',
      '/capacity?cluster=other',
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain('Choose one of: sandbox');
    const one = await platform.get('ml-engineer', '/capacity?cluster=sandbox');
    expect(one.body.clusters).toHaveLength(1);
  });

  it('reports that it is not allowed to read nodes', async () => {
    await platform.stop();
    kubernetes.failures = { nodes: 403 };
    platform = await startMlPlatform({ kubernetes });

    const { clusters, freshness } = await read();
    expect(clusters[0]).toMatchObject({
      pools: [],
      waiting: { pods: 2, gpuPods: 1 },
    });
    expect(freshness).toMatchObject({
      stale: true,
      problems: [{ kind: 'forbidden' }],
    });
  });
});
