import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Prices } from '@internal/plugin-ml-platform-common';

const KEY = 'mlPlatform.prices';

/**
 * Reads and validates `mlPlatform.prices`.
 *
 * @throws InputError naming the key and the expected value.
 */
export function readPrices(config: Config): Prices {
  const currency = config.getString('currency');
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new InputError(
      `${KEY}.currency: "${currency}" is not an ISO 4217 currency code (for example EUR)`,
    );
  }
  return {
    currency,
    sample: config.getOptionalBoolean('sample') ?? false,
    perHour: {
      cpuCore: readAmount(config, 'perHour.cpuCore'),
      memoryGib: readAmount(config, 'perHour.memoryGib'),
      gpu: readAmount(config, 'perHour.gpu'),
    },
    gpuProducts: readNamedAmounts(config, 'gpuProducts', 'product', 'perHour'),
    perMonth: { storageGib: readAmount(config, 'perMonth.storageGib') },
    multipliers: readNamedAmounts(config, 'nodePools', 'name', 'multiplier'),
  };
}

/** Reads a list of names with numbers. Names such as `NVIDIA-A100-SXM4-80GB` cannot be keys of a configuration. */
function readNamedAmounts(
  config: Config,
  list: string,
  nameKey: string,
  amountKey: string,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const entry of config.getOptionalConfigArray(list) ?? []) {
    const name = entry.getString(nameKey);
    if (found.has(name)) {
      throw new InputError(
        `${KEY}.${list}: "${name}" is listed twice; remove one entry`,
      );
    }
    found.set(
      name,
      readAmount(entry, amountKey, `${list} (${name}).${amountKey}`),
    );
  }
  return found;
}

function readAmount(config: Config, key: string, path = key): number {
  const value = config.getNumber(key);
  if (!Number.isFinite(value) || value < 0) {
    throw new InputError(`${KEY}.${path}: must be a number ≥ 0 (got ${value})`);
  }
  return value;
}
