const FACTORS: Record<string, number> = {
  '': 1,
  m: 1 / 1000,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** Amounts by resource name, in thousandths, so that sums are exact. */
export type Amounts = Record<string, number>;

/** One unit, for example one pod, in thousandths. */
export const ONE_UNIT = 1000;

/** Parses a Kubernetes quantity into thousandths; 0 when it is malformed. */
export function parseQuantity(quantity: unknown): number {
  const match = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(quantity));
  const factor = match && FACTORS[match[2]];
  return match && factor ? Math.round(Number(match[1]) * factor * 1000) : 0;
}

/** Formats a computed quantity as the API server does. */
export function formatQuantity(resource: string, thousandths: number): string {
  if (thousandths % 1000 !== 0) {
    return `${thousandths}m`;
  }
  const amount = thousandths / 1000;
  if (!/memory|storage/.test(resource)) {
    return String(amount);
  }
  const unit = ['Pi', 'Ti', 'Gi', 'Mi', 'Ki'].find(
    suffix => amount !== 0 && amount % FACTORS[suffix] === 0,
  );
  return unit ? `${amount / FACTORS[unit]}${unit}` : String(amount);
}

/** Adds amounts by resource name. */
export function addAmounts(total: Amounts, more: Amounts): Amounts {
  const sum = { ...total };
  for (const [name, amount] of Object.entries(more)) {
    sum[name] = (sum[name] ?? 0) + amount;
  }
  return sum;
}
