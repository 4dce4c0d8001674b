const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkKMGTPE]i?)?)$/;
const UNITS: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity means, for example 0.5 for `500m`. Undefined when it is none. */
export function quantityOf(value: string | number): number | undefined {
  const match = QUANTITY.exec(String(value));
  if (!match) {
    return undefined;
  }
  const [, number, exponent = '', unit] = match;
  const factor = unit === undefined ? 1 : UNITS[unit];
  return factor === undefined ? undefined : Number(number + exponent) * factor;
}
