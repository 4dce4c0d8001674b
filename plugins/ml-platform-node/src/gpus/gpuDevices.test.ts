import {
  gpuAmounts,
  gpuDevice,
  gpuDeviceOn,
  gpuFraction,
  physicalProduct,
  wholeGpus,
} from './gpuDevices';
import { DEFAULT_GPU_NAMES, setGpuNames } from './gpuNames';

afterEach(() => setGpuNames(DEFAULT_GPU_NAMES));

it.each([
  ['nvidia.com/gpu', 'gpu', 'GPU'],
  ['amd.com/gpu', 'gpu', 'GPU'],
  ['gpu.intel.com/i915', 'gpu', 'GPU'],
  ['habana.ai/gaudi', 'gpu', 'GPU'],
  ['deviceclass.resource.kubernetes.io/gpu.nvidia.com', 'gpu', 'GPU'],
  ['nvidia.com/mig-1g.5gb', 'slice', 'MIG 1g.5gb slice'],
  ['nvidia.com/mig-1c.3g.20gb', 'slice', 'MIG 1c.3g.20gb slice'],
  ['amd.com/cpx_nps4', 'slice', 'cpx_nps4 slice'],
  ['deviceclass.resource.kubernetes.io/mig.nvidia.com', 'slice', 'MIG slice'],
  ['nvidia.com/gpu.shared', 'share', 'shared GPU'],
  ['nvidia.com/mig-2g.10gb.shared', 'share', 'shared MIG 2g.10gb slice'],
])('takes %s for a %s, the %s', (resource, unit, name) => {
  expect(gpuDevice(resource)).toEqual({ resource, unit, name });
});

it.each([
  'cpu',
  'nvidia.com/gpumem',
  'gpu.intel.com/i915_monitoring',
  'gpu.intel.com/millicores',
  'rdma/hca',
])('does not take %s for a GPU', resource => {
  expect(gpuDevice(resource)).toBeUndefined();
});

it.each([
  ['requests.nvidia.com/mig-1g.10gb', 'nvidia.com/mig-1g.10gb'],
  [
    'gpu.nvidia.com.deviceclass.resource.k8s.io/devices',
    'deviceclass.resource.kubernetes.io/gpu.nvidia.com',
  ],
])('reads %s of a quota', (name, resource) => {
  expect(gpuDevice(name)).toMatchObject({ resource });
});

it.each([
  ['NVIDIA-A100-SXM4-80GB', 'gpu'],
  ['NVIDIA-A100-SXM4-80GB-MIG-1g.10gb', 'slice'],
  ['NVIDIA-A100-SXM4-80GB-SHARED', 'share'],
  [undefined, 'gpu'],
])('takes nvidia.com/gpu of the product %s for a %s', (product, unit) => {
  expect(gpuDeviceOn('nvidia.com/gpu', product)).toMatchObject({ unit });
});

it.each([
  ['nvidia.com/gpu', {}, 1],
  ['nvidia.com/mig-2g.10gb', {}, 2 / 7],
  ['nvidia.com/mig-1g.6gb', { product: 'NVIDIA-A30' }, 1 / 4],
  ['nvidia.com/gpu', { product: 'NVIDIA-H100-MIG-3g.40gb' }, 3 / 7],
  ['nvidia.com/gpu.shared', { replicas: 4 }, 1 / 4],
  ['nvidia.com/gpu.shared', {}, 1],
])('counts %s with %j as %f of a GPU', (resource, node, fraction) => {
  expect(gpuFraction(resource, node)).toBeCloseTo(fraction);
});

it('names the physical product', () => {
  expect(physicalProduct('NVIDIA-A100-SXM4-80GB-MIG-1g.10gb-SHARED')).toBe(
    'NVIDIA-A100-SXM4-80GB',
  );
});

it('never adds slices to whole GPUs', () => {
  const counts = {
    'nvidia.com/gpu': 2,
    'nvidia.com/mig-1g.5gb': 7,
    'amd.com/gpu': 1,
  };

  expect(wholeGpus(counts)).toBe(3);
  expect(gpuAmounts(counts).map(({ count }) => count)).toEqual([1, 2, 7]);
});

it('knows the names of the configuration only', () => {
  setGpuNames({ resourceNames: ['example.com/npu-*'], deviceClasses: [] });

  expect(gpuDevice('example.com/npu-v2')).toMatchObject({ unit: 'gpu' });
  expect(gpuDevice('amd.com/gpu')).toBeUndefined();
  expect(() =>
    setGpuNames({ resourceNames: ['gpu'], deviceClasses: [] }),
  ).toThrow(
    'mlPlatform.gpus.resourceNames: "gpu" must be the name of a resource, for example nvidia.com/gpu or nvidia.com/mig-*',
  );
});
