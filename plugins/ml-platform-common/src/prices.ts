/** What the use of a cluster costs, from `mlPlatform.prices`. */
export interface Prices {
  /** ISO 4217, for example `EUR`. */
  currency: string;
  /** Made up, for demonstrations. */
  sample: boolean;
  perHour: {
    cpuCore: number;
    memoryGib: number;
    /** Of a GPU whose product has no price of its own. */
    gpu: number;
  };
  /** By the label `nvidia.com/gpu.product`; one GPU for an hour. */
  gpuProducts: ReadonlyMap<string, number>;
  perMonth: { storageGib: number };
  /** By node pool: what the hourly prices are multiplied by, for example 0.4 on spot nodes. */
  multipliers: ReadonlyMap<string, number>;
}

/** What was used, or is asked for. For one hour of it, the amounts themselves. */
export interface Use {
  cpuCoreHours?: number;
  memoryGibHours?: number;
  gpuHours?: number;
  gpuProduct?: string;
  storageGibHours?: number;
}

/** Unrounded, in the currency's unit. */
export interface CostParts {
  cpu: number;
  memory: number;
  gpu: number;
  storage: number;
}

/** A month of storage, as clouds count it. */
const HOURS_PER_MONTH = 730;
const DECIMALS = 10_000;

/**
 * What a use costs on a node pool. Storage belongs to no pool, so that no multiplier applies to it.
 *
 * @param pool - undefined when it is not known: then nothing is multiplied.
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

/** Money as it is told: to four decimals, half away from zero. Sums are made before, of what is not rounded. */
export function roundMoney(amount: number): number {
  const rounded = Math.round(Math.abs(amount) * DECIMALS + 1e-7) / DECIMALS;
  return amount < 0 && rounded !== 0 ? -rounded : rounded;
}
