import { formatBytes } from '@internal/plugin-ml-platform-common';
import { gpuDevice, quantityOf } from '@internal/plugin-ml-platform-node';

/** Last sentence of reasons that only the platform team can resolve. */
export const PLATFORM_TEAM_ADVICE =
  'Contact the platform team if this persists.';

/** Formats a count with the matching form of its noun or verb: "1 node", "3 nodes". */
export function formatCount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export { formatList } from '@internal/plugin-ml-platform-common';

/** Ends a message of Kubernetes or Argo CD with a full stop. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Returns true for GPUs, slices and shares of GPUs, also as quota names. */
export function isGpu(resource: string): boolean {
  return gpuDevice(resource) !== undefined;
}

/** Display name of a Kubernetes resource. */
export function resourceName(resource: string): string {
  const gpu = gpuDevice(resource);
  if (gpu) {
    return `${gpu.name}s`;
  }
  switch (resource) {
    case 'cpu':
    case 'requests.cpu':
      return 'CPUs';
    case 'limits.cpu':
      return 'CPUs (limit)';
    case 'memory':
    case 'requests.memory':
      return 'memory';
    case 'limits.memory':
      return 'memory (limit)';
    case 'requests.storage':
      return 'disk space';
    case 'ephemeral-storage':
    case 'requests.ephemeral-storage':
      return 'temporary disk space';
    case 'persistentvolumeclaims':
      return 'volumes';
    default:
      return resource.replace(/^count\/([^.]+)\..*$/, '$1');
  }
}

/** Formats a quantity with its resource: "4 GPUs", "0.6 CPUs", "24 GiB memory". */
export function formatAmount(resource: string, quantity: string): string {
  const name = resourceName(resource);
  const number = formatQuantity(resource, quantity);
  return `${number} ${number === '1' ? name.replace(/s(?=$| \()/, '') : name}`;
}

/** Formats a quantity without its resource: "0.6" for `600m`, "24 GiB" for `24Gi`. */
export function formatQuantity(resource: string, quantity: string): string {
  const number = quantityOf(quantity);
  if (number === undefined) {
    return quantity;
  }
  if (/memory|storage/.test(resource)) {
    return formatBytes(number);
  }
  return String(Math.round(number * 1000) / 1000);
}
