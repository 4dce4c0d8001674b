import type { GpuAmount } from '@internal/plugin-ml-platform-common';
import { unitsOf } from '../quantities';
import { DEVICE_CLASS_PREFIX, isGpuName } from './gpuNames';

/** A sort of GPU: a whole one, a slice or a share. */
type GpuDevice = Omit<GpuAmount, 'count'>;

/** Counts of GPUs by the name of their resource; without zeros. */
export type GpuCounts = Readonly<Record<string, number>>;

export const NO_GPUS: GpuCounts = {};

/** Quota of the devices of a class (KEP-4381): `gpu.nvidia.com.deviceclass.resource.k8s.io/devices`. */
const CLASS_QUOTA = /^(.+)\.deviceclass\.resource\.k8s\.io\/devices$/;
const MIG_RESOURCE = /\/mig-(\d+[cg]\.[a-z0-9.]+?)(?:\.shared)?$/;
/** Suffixes of GPU feature discovery, where `nvidia.com/gpu` is a slice (strategy `single`) or a share. */
const MIG_PRODUCT = /-MIG-(\d+[cg]\.[a-z0-9.]+)/;
const SHARED_PRODUCT = /-SHARED$/;
/** GPUs that can be divided into four; others into seven. */
const FOUR_SLICES = /\bA30\b|RTX-PRO-6000/;

const devices = new Map<string, GpuDevice>();

/**
 * The sort of GPU that a resource is.
 *
 * @param name - of a resource, also as in quotas: `requests.nvidia.com/gpu`.
 * @returns undefined for a resource that is not a GPU.
 */
export function gpuDevice(name: string): GpuDevice | undefined {
  const resource = name
    .replace(/^(?:requests|limits)\./, '')
    .replace(CLASS_QUOTA, `${DEVICE_CLASS_PREFIX}$1`);
  if (!isGpuName(resource)) {
    return undefined;
  }
  const known = devices.get(resource);
  if (known) {
    return known;
  }
  const device = describeDevice(resource);
  devices.set(resource, device);
  return device;
}

/** The sort of GPU that a resource is on a node whose label says more: `nvidia.com/gpu` may be a slice or a share there. */
export function gpuDeviceOn(
  resource: string,
  product: string | undefined,
): GpuDevice | undefined {
  const device = gpuDevice(resource);
  if (device?.unit !== 'gpu' || product === undefined) {
    return device;
  }
  const profile = MIG_PRODUCT.exec(product)?.[1];
  const isShared = SHARED_PRODUCT.test(product);
  return profile || isShared
    ? { resource, ...nameOf({ profile, isShared }) }
    : device;
}

/** Selects the GPUs of quantities by resource. */
export function gpuCounts(
  quantities: Readonly<Record<string, string | number>>,
): GpuCounts {
  let counts: Record<string, number> | undefined;
  for (const name in quantities) {
    // Most names have no slash, and most quantities no GPUs.
    if (name.includes('/') && isGpuName(name)) {
      const count = unitsOf(quantities[name]) ?? 0;
      if (count !== 0) {
        counts = { ...counts, [name]: count };
      }
    }
  }
  return counts ?? NO_GPUS;
}

/** Combines counts resource by resource; `combine(a, 0)` must be `a`. */
export function combineCounts(
  a: GpuCounts,
  b: GpuCounts,
  combine: (a: number, b: number) => number,
): GpuCounts {
  if (b === NO_GPUS) {
    return a;
  }
  const counts: Record<string, number> = {};
  for (const resource of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const count = combine(a[resource] ?? 0, b[resource] ?? 0);
    if (count !== 0) {
      counts[resource] = count;
    }
  }
  return Object.keys(counts).length === 0 ? NO_GPUS : counts;
}

/** Number of whole GPUs; slices and shares do not count. */
export function wholeGpus(counts: GpuCounts): number {
  let sum = 0;
  for (const resource in counts) {
    if (gpuDevice(resource)?.unit === 'gpu') {
      sum += counts[resource];
    }
  }
  return sum;
}

/** Lists counts with the sort of each, by resource. */
export function gpuAmounts(counts: GpuCounts): GpuAmount[] {
  return Object.keys(counts)
    .sort()
    .flatMap(resource => {
      const device = gpuDevice(resource);
      return device ? [{ ...device, count: counts[resource] }] : [];
    });
}

/** GPUs of a node, as its labels and resources describe them. */
interface NodeGpus {
  /** Product of its GPUs. */
  product?: string;
  /** Number of shares of each GPU. */
  replicas?: number;
}

/**
 * Part of a physical GPU that one unit of a resource is, for prices: 2/7 for a MIG device with two of seven compute slices.
 * A share without a known number of shares counts in full.
 */
export function gpuFraction(resource: string, node: NodeGpus): number {
  const { product = '', replicas = 1 } = node;
  const profile =
    MIG_RESOURCE.exec(resource)?.[1] ?? MIG_PRODUCT.exec(product)?.[1];
  const slices = FOUR_SLICES.test(product) ? 4 : 7;
  const part = profile ? Number.parseInt(profile, 10) / slices : 1;
  const isShared =
    gpuDeviceOn(resource, node.product)?.unit === 'share' && replicas > 0;
  return isShared ? part / replicas : part;
}

/** Product of the physical GPU: without what GPU feature discovery appends for slices and shares. */
export function physicalProduct(product: string): string {
  return product.replace(SHARED_PRODUCT, '').replace(MIG_PRODUCT, '');
}

function describeDevice(resource: string): GpuDevice {
  return {
    resource,
    ...nameOf({
      profile: MIG_RESOURCE.exec(resource)?.[1],
      isShared: resource.endsWith('.shared'),
      partition:
        /\/([cdq]px_\w+)$/.exec(resource)?.[1] ??
        (resource === `${DEVICE_CLASS_PREFIX}mig.nvidia.com`
          ? 'MIG'
          : undefined),
    }),
  };
}

function nameOf(options: {
  profile?: string;
  isShared: boolean;
  partition?: string;
}): Pick<GpuDevice, 'unit' | 'name'> {
  const { profile, isShared, partition } = options;
  const slice = profile ? `MIG ${profile}` : partition;
  const name = slice ? `${slice} slice` : 'GPU';
  if (isShared) {
    return { unit: 'share', name: `shared ${name}` };
  }
  return { unit: slice ? 'slice' : 'gpu', name };
}
