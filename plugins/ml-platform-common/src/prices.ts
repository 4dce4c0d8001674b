/** Prices of cluster resources, from `mlPlatform.prices`. */
export interface Prices {
  /** ISO 4217, for example `EUR`. */
  currency: string;
  /** True for made-up prices, for demonstrations. */
  sample: boolean;
  perHour: {
    cpuCore: number;
    memoryGib: number;
    /** Price of a GPU that is not in `gpuProducts`. */
    gpu: number;
  };
  /** Price of one GPU per hour, by its product: the value of a label of the node. */
  gpuProducts: ReadonlyMap<string, number>;
  perMonth: { storageGib: number };
  /** Factor of the hourly prices by node pool, for example 0.4 on spot nodes. */
  multipliers: ReadonlyMap<string, number>;
}

/** Used or requested resources. For one hour, these are the amounts themselves. */
export interface Use {
  cpuCoreHours?: number;
  memoryGibHours?: number;
  /** Hours of physical GPUs; slices and shares count as the part of a GPU that they are. */
  gpuHours?: number;
  gpuProduct?: string;
  storageGibHours?: number;
}

/** Unrounded cost by resource, in the currency's unit. */
export interface CostParts {
  cpu: number;
  memory: number;
  gpu: number;
  storage: number;
}

/** Hours of the months that costs are shown for: 30 days. */
export const MONTH_HOURS = 24 * 30;
/** Length of a month in cloud prices. */
const HOURS_PER_MONTH = 730;
const DECIMALS = 10_000;

/**
 * Computes the cost of resources on a node pool. The pool's multiplier does not apply to storage.
 *
 * @param pool - without it, no multiplier applies.
 */
export function costOfUse(
  use: Use,
  prices: Prices,
  pool: string | undefined,
): CostParts {
  const multiplier =
    (pool === undefined ? undefined : prices.multipliers.get(pool)) ?? 1;
  const gpuPrice =
    (use.gpuProduct === undefined
      ? undefined
      : prices.gpuProducts.get(use.gpuProduct)) ?? prices.perHour.gpu;
  return {
    cpu: (use.cpuCoreHours ?? 0) * prices.perHour.cpuCore * multiplier,
    memory: (use.memoryGibHours ?? 0) * prices.perHour.memoryGib * multiplier,
    gpu: (use.gpuHours ?? 0) * gpuPrice * multiplier,
    storage:
      ((use.storageGibHours ?? 0) * prices.perMonth.storageGib) /
      HOURS_PER_MONTH,
  };
}

export const NO_COST: CostParts = { cpu: 0, memory: 0, gpu: 0, storage: 0 };

export function addCosts(a: CostParts, b: CostParts): CostParts {
  return {
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    gpu: a.gpu + b.gpu,
    storage: a.storage + b.storage,
  };
}

/** Sum of the parts. */
export function totalCost({ cpu, memory, gpu, storage }: CostParts): number {
  return cpu + memory + gpu + storage;
}

/** Rounds an amount to four decimals, half away from zero. Round sums only, not their parts. */
export function roundMoney(amount: number): number {
  const rounded = Math.round(Math.abs(amount) * DECIMALS + 1e-7) / DECIMALS;
  return amount < 0 && rounded !== 0 ? -rounded : rounded;
}
