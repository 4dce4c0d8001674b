import {
  podRequests,
  requestsOfSpec,
  type ResourceRequests,
} from './podRequests';

const container = (
  requests: Record<string, string>,
  rest: { limits?: Record<string, string>; restartPolicy?: string } = {},
) => ({
  name: 'c',
  image: '',
  restartPolicy: rest.restartPolicy,
  resources: { requests, limits: rest.limits },
});
const sidecar = (requests: Record<string, string>) =>
  container(requests, { restartPolicy: 'Always' });
const cpu = (millicores: number): ResourceRequests => ({
  millicores,
  memory: 0,
  gpus: {},
});

it.each<[string, Parameters<typeof requestsOfSpec>[0], ResourceRequests]>([
  ['no containers', { containers: [] }, cpu(0)],
  [
    'the sum of its containers',
    {
      containers: [
        container({ cpu: '100m', memory: '1Gi', 'nvidia.com/gpu': '2' }),
        container({ cpu: '1', memory: '1M' }),
      ],
    },
    { millicores: 1100, memory: 2 ** 30 + 1e6, gpus: { 'nvidia.com/gpu': 2 } },
  ],
  [
    'limits where there are no requests, each resource by itself',
    {
      containers: [
        container(
          { cpu: '1' },
          { limits: { cpu: '2', memory: '1Ki', 'nvidia.com/gpu': '1' } },
        ),
      ],
    },
    { millicores: 1000, memory: 1024, gpus: { 'nvidia.com/gpu': 1 } },
  ],
  [
    'the largest init container where it requests more',
    {
      initContainers: [container({ cpu: '2' }), container({ cpu: '3' })],
      containers: [container({ cpu: '1', memory: '1' })],
    },
    { millicores: 3000, memory: 1, gpus: {} },
  ],
  [
    'sidecars with the containers',
    {
      initContainers: [sidecar({ cpu: '1' })],
      containers: [container({ cpu: '1' })],
    },
    cpu(2000),
  ],
  [
    'an init container with the sidecars before it, not those after it',
    {
      initContainers: [
        sidecar({ cpu: '1' }),
        container({ cpu: '4' }),
        sidecar({ cpu: '1' }),
      ],
      containers: [container({ cpu: '1' })],
    },
    cpu(5000),
  ],
  [
    'the overhead in addition',
    { containers: [container({ cpu: '1' })], overhead: { cpu: '250m' } },
    cpu(1250),
  ],
  [
    'pod-level requests instead, plus the overhead',
    {
      containers: [container({ cpu: '1', memory: '5' })],
      resources: { requests: { cpu: '3' } },
      overhead: { cpu: '250m' },
    },
    { millicores: 3250, memory: 5, gpus: {} },
  ],
  [
    'nothing for an invalid quantity',
    { containers: [container({ cpu: 'much', memory: '1' })] },
    { millicores: 0, memory: 1, gpus: {} },
  ],
])('counts %s', (_, spec, expected) => {
  expect(requestsOfSpec(spec)).toEqual(expected);
});

it('computes the requests of pods with the same containers once', () => {
  const containers = [container({ cpu: '1' })];
  const pod = (spec: Record<string, unknown>) =>
    podRequests({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers, ...spec },
    });

  expect(pod({ nodeName: 'a' })).toBe(pod({ nodeName: 'b' }));
  expect(pod({ overhead: { cpu: '1' } })).toEqual(cpu(2000));
  expect(pod({ initContainers: [container({ cpu: '7' })] })).toEqual(cpu(7000));
  expect(pod({})).toEqual(cpu(1000));
});
