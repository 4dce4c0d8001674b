import {
  costOfUse,
  totalCost,
  type Prices,
  type QuotaResource,
} from '@internal/plugin-ml-platform-common';
import { gpuDevice, gpuFraction } from '@internal/plugin-ml-platform-node';
import { GIB } from './costSums';

/**
 * Share of a quota that nothing requests, weighted by price. Uses the base prices, without node pool or GPU product.
 *
 * @returns undefined when no quota limits a resource that has a price.
 */
export function idleShare(
  resources: QuotaResource[],
  prices: Prices,
): number | undefined {
  let hard = 0;
  let used = 0;
  for (const { resource, scopes, ...amounts } of resources) {
    if (scopes.length === 0 && amounts.used !== undefined) {
      const counted = Math.min(amounts.used, amounts.hard);
      hard += priceOf(resource, amounts.hard, prices);
      used += priceOf(resource, counted, prices);
    }
  }
  return hard === 0
    ? undefined
    : Math.round((1 - used / hard) * 10_000) / 10_000;
}

function priceOf(resource: string, amount: number, prices: Prices): number {
  const price = (use: Parameters<typeof costOfUse>[0]) =>
    totalCost(costOfUse(use, prices, undefined));
  switch (resource) {
    case 'requests.cpu':
      return price({ cpuCoreHours: amount });
    case 'requests.memory':
      return price({ memoryGibHours: amount / GIB });
    case 'requests.storage':
      return price({ storageGibHours: amount / GIB });
    default:
      return gpuDevice(resource)
        ? price({ gpuHours: amount * gpuFraction(resource, {}) })
        : 0;
  }
}
