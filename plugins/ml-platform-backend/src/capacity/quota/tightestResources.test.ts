import { resourceQuotaSchema } from '@internal/plugin-ml-platform-node';
import { tightestResources } from './tightestResources';

const quota = (
  name: string,
  hard: Record<string, string>,
  used: Record<string, string>,
  spec: object = {},
) =>
  resourceQuotaSchema.parse({
    metadata: { name },
    spec: { hard, ...spec },
    status: { hard, used },
  });

describe('tightestResources', () => {
  it.each([
    ['requests.cpu', 'cpu', 'cores'],
    ['limits.memory', 'memory', 'bytes'],
    ['requests.hugepages-2Mi', 'memory', 'bytes'],
    ['pods', 'pods', 'count'],
    ['requests.nvidia.com/gpu', 'gpu', 'count'],
    ['requests.nvidia.com/mig-1g.10gb', 'gpu', 'count'],
    ['requests.nvidia.com/gpu.shared', 'gpu', 'count'],
    ['requests.amd.com/gpu', 'gpu', 'count'],
    ['requests.gpu.intel.com/xe', 'gpu', 'count'],
    ['gpu.nvidia.com.deviceclass.resource.k8s.io/devices', 'gpu', 'count'],
    ['requests.example.com/fpga', 'objects', 'count'],
    ['requests.storage', 'storage', 'bytes'],
    ['requests.ephemeral-storage', 'storage', 'bytes'],
    ['gold.storageclass.storage.k8s.io/requests.storage', 'storage', 'bytes'],
    [
      'gold.storageclass.storage.k8s.io/persistentvolumeclaims',
      'objects',
      'count',
    ],
    ['count/jobs.batch', 'objects', 'count'],
    ['persistentvolumeclaims', 'objects', 'count'],
    ['services.loadbalancers', 'objects', 'count'],
  ])('reads %s as %s in %s', (resource, kind, unit) => {
    expect(
      tightestResources([quota('q', { [resource]: '1' }, {})]),
    ).toMatchObject([{ resource, kind, unit, hard: 1 }]);
  });

  it('converts quantities to one unit, and keeps the original ones', () => {
    expect(
      tightestResources([
        quota(
          'tenant',
          { cpu: '8', memory: '1Gi', 'services.nodeports': '0' },
          { cpu: '2500m', memory: '768Mi', 'services.nodeports': '0' },
        ),
      ]),
    ).toEqual([
      {
        resource: 'requests.cpu',
        kind: 'cpu',
        unit: 'cores',
        used: 2.5,
        hard: 8,
        ratio: 0.3125,
        usedQuantity: '2500m',
        hardQuantity: '8',
        quota: 'tenant',
        scopes: [],
      },
      expect.objectContaining({
        resource: 'requests.memory',
        used: 768 * 2 ** 20,
        hard: 2 ** 30,
        ratio: 0.75,
      }),
      expect.objectContaining({
        resource: 'services.nodeports',
        hard: 0,
        ratio: undefined,
      }),
    ]);
  });

  it('selects the quota with the least left, separately for each set of scopes', () => {
    const resources = tightestResources([
      quota('wide', { 'requests.cpu': '10' }, { 'requests.cpu': '4' }),
      quota('narrow', { cpu: '5' }, { cpu: '4' }),
      quota('short', { pods: '3' }, { pods: '1' }, { scopes: ['Terminating'] }),
      quota('all', { pods: '9' }, { pods: '8' }),
      quota(
        'urgent',
        { pods: '2' },
        {},
        {
          scopeSelector: {
            matchExpressions: [
              { scopeName: 'PriorityClass', operator: 'In', values: ['high'] },
            ],
          },
        },
      ),
    ]);

    expect(
      resources.map(each => [each.resource, each.quota, each.scopes]),
    ).toEqual([
      ['pods', 'all', []],
      ['pods', 'urgent', ['PriorityClass In high']],
      ['pods', 'short', ['Terminating']],
      ['requests.cpu', 'narrow', []],
    ]);
  });
});
