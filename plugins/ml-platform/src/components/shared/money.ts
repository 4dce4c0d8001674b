/**
 * Formats an amount of money without its currency.
 *
 * @param decimals - default: two below 100, none above.
 */
export function formatMoney(
  amount: number,
  decimals = Math.abs(amount) < 100 ? 2 : 0,
): string {
  return new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount);
}
