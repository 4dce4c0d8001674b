import { InputError } from '@backstage/errors';

/** Names that make a resource a GPU, from `mlPlatform.gpus`. */
export interface GpuNames {
  /** Resource names. A `*` at the end stands for anything. */
  resourceNames: string[];
  /** Device classes of Dynamic Resource Allocation. */
  deviceClasses: string[];
}

/**
 * The names of the common device plugins and drivers. The policies' parameter `gpuResources` has the same.
 *
 * @see NVIDIA/k8s-device-plugin v0.17 (`migStrategy`, `renameByDefault`), ROCm/k8s-device-plugin (`resource_naming_strategy`),
 * intel/intel-device-plugins-for-kubernetes, NVIDIA/k8s-dra-driver-gpu
 */
export const DEFAULT_GPU_NAMES: GpuNames = {
  resourceNames: [
    'nvidia.com/gpu',
    'nvidia.com/gpu.shared',
    'nvidia.com/mig-*',
    'amd.com/gpu',
    'amd.com/cpx_*',
    'amd.com/dpx_*',
    'amd.com/qpx_*',
    'amd.com/spx_*',
    'gpu.intel.com/i915',
    'gpu.intel.com/xe',
    'habana.ai/gaudi',
  ],
  deviceClasses: [
    'gpu.nvidia.com',
    'mig.nvidia.com',
    'gpu.amd.com',
    'gpu.intel.com',
  ],
};

/** Prefix of the resource by which a container requests devices of a class (KEP-5004, Kubernetes 1.34). */
export const DEVICE_CLASS_PREFIX = 'deviceclass.resource.kubernetes.io/';

const NAME = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+\*?$/;

type Predicate = (resource: string) => boolean;

let isNamed: Predicate = createPredicate(DEFAULT_GPU_NAMES);

/**
 * Sets the names for this process. They are a fact of the installation, and pure functions in many places need them, so
 * they are not passed around.
 *
 * @throws InputError for a name that cannot be that of a resource.
 */
export function setGpuNames(names: GpuNames): void {
  for (const name of names.resourceNames) {
    if (!NAME.test(name)) {
      throw new InputError(
        `mlPlatform.gpus.resourceNames: "${name}" must be the name of a resource, for example nvidia.com/gpu or nvidia.com/mig-*`,
      );
    }
  }
  isNamed = createPredicate(names);
}

/** Returns true for the name of a resource that is a GPU or a part of one. */
export function isGpuName(resource: string): boolean {
  return isNamed(resource);
}

function createPredicate({
  resourceNames,
  deviceClasses,
}: GpuNames): Predicate {
  const exact = new Set([
    ...resourceNames,
    ...deviceClasses.map(name => `${DEVICE_CLASS_PREFIX}${name}`),
  ]);
  const prefixes = resourceNames
    .filter(name => name.endsWith('*'))
    .map(name => name.slice(0, -1));
  return resource =>
    exact.has(resource) || prefixes.some(prefix => resource.startsWith(prefix));
}
