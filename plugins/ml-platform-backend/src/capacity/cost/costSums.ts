import {
  addCosts,
  costOfUse,
  MONTH_HOURS,
  roundMoney,
  totalCost,
  type Cost,
  type CostParts,
  type Prices,
  type Use,
} from '@internal/plugin-ml-platform-common';
import {
  gpuFraction,
  physicalProduct,
  type GpuCounts,
  type NodeFacts,
} from '@internal/plugin-ml-platform-node';
import type { WorkloadUsage } from '../usage/NamespaceUsage';

export const GIB = 2 ** 30;

/** Unrounded cost per hour. */
export interface UsageCost {
  pods: number;
  parts: CostParts;
}

/** Prices a workload's requests on its nodes, and its volumes. Pods without a node cost nothing yet. */
export function costOfUsage(
  { byNode, volumeBytes }: WorkloadUsage,
  prices: Prices,
  nodeOf: (name: string) => NodeFacts | undefined,
): UsageCost {
  let pods = 0;
  let parts = costOfUse(
    { storageGibHours: volumeBytes / GIB },
    prices,
    undefined,
  );
  for (const [name, requests] of byNode) {
    if (name === undefined) {
      continue;
    }
    const node = nodeOf(name);
    pods += requests.pods;
    parts = addCosts(
      parts,
      costOfUse(
        {
          cpuCoreHours: requests.millicores / 1000,
          memoryGibHours: requests.memory / GIB,
          ...pricedGpus(requests.gpus, node, prices),
        },
        prices,
        node?.pool,
      ),
    );
  }
  return { pods, parts };
}

/**
 * The physical GPUs to pay for. A slice or share costs its part of the GPU, unless the product of the slice, such as
 * `NVIDIA-A100-SXM4-80GB-MIG-1g.10gb`, has a price of its own.
 */
function pricedGpus(
  gpus: GpuCounts,
  node: NodeFacts | undefined,
  prices: Prices,
): Pick<Use, 'gpuHours' | 'gpuProduct'> {
  const { gpuProduct: product, gpuReplicas: replicas } = node ?? {};
  const physical = product && physicalProduct(product);
  const hasOwnPrice =
    product !== undefined &&
    product !== physical &&
    prices.gpuProducts.has(product);
  let gpuHours = 0;
  for (const [resource, count] of Object.entries(gpus)) {
    gpuHours +=
      count * (hasOwnPrice ? 1 : gpuFraction(resource, { product, replicas }));
  }
  return { gpuHours, gpuProduct: hasOwnPrice ? product : physical };
}

/** Converts to the DTO, with rounded amounts. */
export function toCost(parts: CostParts): Cost {
  const perHour = totalCost(parts);
  return {
    perHour: roundMoney(perHour),
    perDay: roundMoney(perHour * 24),
    perMonth: roundMoney(perHour * MONTH_HOURS),
    breakdown: {
      cpu: roundMoney(parts.cpu),
      memory: roundMoney(parts.memory),
      gpu: roundMoney(parts.gpu),
      storage: roundMoney(parts.storage),
    },
  };
}
