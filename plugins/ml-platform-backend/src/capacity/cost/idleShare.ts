import {
  costOfUse,
  type Prices,
  type QuotaResource,
} from '@internal/plugin-ml-platform-common';
import { GIB, totalOf } from './costSums';

/**
 * The share of a quota, weighed by price, that nothing asks for; on no particular pool and GPU.
 *
 * @returns undefined when no quota limits anything that has a price.
 */
export function idleShare(
  resources: QuotaResource[],
  prices: Prices,
): number | undefined {
  let hard = 0;
  let used = 0;
  for (const each of resources) {
    if (each.scopes.length === 0 && each.used !== undefined) {
      hard += priceOf(each.resource, each.hard, prices);
      used += priceOf(each.resource, Math.min(each.used, each.hard), prices);
    }
  }
  return hard === 0
    ? undefined
    : Math.round((1 - used / hard) * 10_000) / 10_000;
}

function priceOf(resource: string, amount: number, prices: Prices): number {
  const price = (use: Parameters<typeof costOfUse>[0]) =>
    totalOf(costOfUse(use, prices, undefined));
  switch (resource) {
    case 'requests.cpu':
      return price({ cpuCoreHours: amount });
    case 'requests.memory':
      return price({ memoryGibHours: amount / GIB });
    case 'requests.storage':
      return price({ storageGibHours: amount / GIB });
    case 'requests.nvidia.com/gpu':
      return price({ gpuHours: amount });
    default:
      return 0;
  }
}
