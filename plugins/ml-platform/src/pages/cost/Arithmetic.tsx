import { Flex, Link, Text } from '@backstage/ui';
import { formatMoney } from '@internal/plugin-ml-platform-common';
import type { Costs } from './readCosts';

/** The sum, and how it comes about. */
export function Arithmetic(props: {
  costs: Costs;
  /** Team; empty for all. */
  subject: string;
}) {
  const { totals, currency } = props.costs;
  const { cpu, memory, gpu, storage } = totals.breakdown;
  return (
    <Flex direction="column" gap="2">
      <Text as="h2" variant="title-small">
        {props.subject || 'All teams'}: {currency}{' '}
        {formatMoney(totals.perMonth, 2)} a month
      </Text>
      <Text>
        {currency} {formatMoney(totals.perHour, 4)} an hour (CPU{' '}
        {formatMoney(cpu, 4)} + memory {formatMoney(memory, 4)} + GPU{' '}
        {formatMoney(gpu, 4)} + storage {formatMoney(storage, 4)}) × 24 hours ×
        30 days, rounded at the end.
      </Text>
      <Text variant="body-small" color="secondary">
        What pods request now counts, whether they use it or not, at the prices
        of the node pool that they run on. Finished training runs cost nothing
        any more; their GPU hours are on the pages of their{' '}
        <Link variant="body-small" href="/catalog">
          components
        </Link>
        .
      </Text>
    </Flex>
  );
}
