/** Maximum length of a quantity, to bound the cost of exact arithmetic. Real quantities are shorter. */
const MAX_LENGTH = 100;
/** Groups: sign, whole part, decimals, decimals without a whole part (`.5`), exponent, suffix. */
const QUANTITY =
  /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;

/** Precision of Kubernetes quantities: one billionth of a unit. */
const NANOS_PER_UNIT = 10n ** 9n;
/** Maximum of Kubernetes quantities: the largest signed 64-bit integer. */
const MAX_NANOS = (2n ** 63n - 1n) * NANOS_PER_UNIT;

/** Exponents to base 10 by suffix. */
const DECIMAL_EXPONENTS: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** Exponents to base 2 by suffix. */
const BINARY_EXPONENTS: Record<string, bigint> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
};

/**
 * Parses a Kubernetes quantity exactly, in billionths: `500m` is 500,000,000. As in Kubernetes, finer values are rounded
 * away from zero and greater values are capped at 2^63-1.
 *
 * @returns undefined when it is not a quantity.
 */
export function nanosOf(value: string | number): bigint | undefined {
  const text = String(value);
  const match = text.length <= MAX_LENGTH ? QUANTITY.exec(text) : null;
  if (!match) {
    return undefined;
  }
  const [
    ,
    sign,
    whole = '',
    decimals = '',
    bareDecimals = '',
    exponent,
    unit = '',
  ] = match;
  const fraction = decimals || bareDecimals;
  const digits = BigInt(`${whole}${fraction}`);
  const scale =
    Number(exponent ?? DECIMAL_EXPONENTS[unit] ?? 0) - fraction.length + 9;
  const scaled = digits << (BINARY_EXPONENTS[unit] ?? 0n);
  const nanos =
    scale >= 0
      ? scaled * 10n ** BigInt(scale)
      : divideUp(scaled, 10n ** BigInt(-scale));
  const capped = nanos > MAX_NANOS ? MAX_NANOS : nanos;
  return sign === '-' ? -capped : capped;
}

/**
 * Parses a Kubernetes quantity to the nearest number, for example 0.5 for `500m`.
 *
 * @returns undefined when it is not a quantity.
 */
export function quantityOf(value: string | number): number | undefined {
  const nanos = nanosOf(value);
  if (nanos === undefined) {
    return undefined;
  }
  const magnitude = nanos < 0n ? -nanos : nanos;
  const decimals = String(magnitude % NANOS_PER_UNIT).padStart(9, '0');
  const number = Number(`${magnitude / NANOS_PER_UNIT}.${decimals}`);
  return nanos < 0n ? -number : number;
}

/**
 * Parses a quantity in whole units (bytes, GPUs, objects), rounded up as the scheduler does.
 *
 * @returns undefined when it is not a quantity.
 */
export function unitsOf(value: string | number): number | undefined {
  return roundUp(nanosOf(value), NANOS_PER_UNIT);
}

/**
 * Parses a quantity in whole thousandths, rounded up as the scheduler does with CPU: 250 for `250m`.
 *
 * @returns undefined when it is not a quantity.
 */
export function thousandthsOf(value: string | number): number | undefined {
  return roundUp(nanosOf(value), NANOS_PER_UNIT / 1000n);
}

function roundUp(nanos: bigint | undefined, unit: bigint): number | undefined {
  if (nanos === undefined) {
    return undefined;
  }
  return Number(nanos < 0n ? nanos / unit : divideUp(nanos, unit));
}

/** Divides and rounds up; the dividend is not negative. */
function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** Suffixes from the largest to the smallest, with their value in billionths. */
const DECIMAL_SUFFIXES = Object.entries({ ...DECIMAL_EXPONENTS, '': 0 })
  .map(([suffix, exponent]) => ({ suffix, nanos: 10n ** BigInt(exponent + 9) }))
  .sort((one, other) => (one.nanos < other.nanos ? 1 : -1));
const BINARY_SUFFIXES = Object.entries({ ...BINARY_EXPONENTS, '': 0n })
  .map(([suffix, exponent]) => ({ suffix, nanos: NANOS_PER_UNIT << exponent }))
  .sort((one, other) => (one.nanos < other.nanos ? 1 : -1));

/** Formats a quantity as the API server does, for example `500m` for `0.5`. An invalid one stays as it is. */
export function canonicalQuantity(value: string | number): string {
  const text = String(value);
  const nanos = nanosOf(value);
  if (nanos === undefined || /[eE][+-]?\d/.test(text)) {
    return text;
  }
  if (nanos === 0n) {
    return '0';
  }
  const binary = text.endsWith('i')
    ? BINARY_SUFFIXES.find(({ nanos: unit }) => nanos % unit === 0n)
    : undefined;
  const unit =
    binary ?? DECIMAL_SUFFIXES.find(suffix => nanos % suffix.nanos === 0n);
  return unit ? `${nanos / unit.nanos}${unit.suffix}` : text;
}
