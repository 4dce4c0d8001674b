import { Flex, Text } from '@backstage/ui';
import { Meter } from '../../components/shared/Meter';
import type { Costs } from './readCosts';

/** Share of a team's quota, by its price, that is requested in each environment. Nothing without a quota. */
export function UnusedQuota({ costs }: { costs: Costs }) {
  const { idleQuota } = costs;
  if (idleQuota.length === 0) {
    return null;
  }
  return (
    <Flex direction="column" gap="2">
      <Text as="h2" variant="title-x-small">
        Against quota
      </Text>
      {idleQuota.map(({ environment, share }) => (
        <Flex key={environment} align="center" gap="3">
          <Text style={{ minWidth: '6rem' }}>{environment}</Text>
          <Meter
            label={`Requested share of the quota in ${environment}`}
            value={1 - share}
            max={1}
            text={`${Math.round((1 - share) * 100)} % requested, ${Math.round(
              share * 100,
            )} % of its price unused`}
          />
        </Flex>
      ))}
    </Flex>
  );
}
