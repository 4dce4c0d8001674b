import { useApi } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Select, Table, Text } from '@backstage/ui';
import { healthStateSchema } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { HEALTH_LABELS } from '../../components/healthStates';
import { LiveContent } from '../../components/shared/LiveContent';
import { PartNotice } from '../../components/shared/PartNotice';
import { SamplePrices } from '../../components/shared/SamplePrices';
import { SearchFilter } from '../../components/shared/SearchFilter';
import { tableState } from '../../hooks/tableState';
import { useLive } from '../../hooks/useLive';
import { useUrlState } from '../../hooks/useUrlState';
import { platformFiltersSchema } from './platformFilters';
import { teamColumns } from './teamColumns';
import { teamRows } from './teamRows';

const MAX_TEAMS = 100;

const STATES = [
  { value: '', label: 'Any state' },
  ...healthStateSchema.options.map(state => ({
    value: state,
    label: HEALTH_LABELS[state],
  })),
];

/** All teams that one may see: health by environment, quota, findings and cost. */
export function PlatformTeams() {
  const client = useApi(mlPlatformApiRef);
  const [filters, setFilters] = useUrlState(platformFiltersSchema);
  const live = useLive(
    useCallback(
      () => client.getTeams({ sort: 'state', limit: MAX_TEAMS }),
      [client],
    ),
    ({ items }) => items.map(({ team }) => `team:${team}`),
  );
  const findings = useLive(
    useCallback(
      () => client.getFindingsSummary({ limit: MAX_TEAMS }),
      [client],
    ),
    ({ items }) => items.map(({ team }) => `findings:${team}`),
  );
  const cost = useLive(
    useCallback(() => client.getCost({ limit: MAX_TEAMS }), [client]),
    () => (live.value?.items ?? []).map(({ team }) => `team:${team}`),
  );
  const change = (changes: Record<string, string>) =>
    setFilters(platformFiltersSchema.parse({ ...filters, ...changes }));
  const names = (live.value?.items[0]?.environments ?? []).map(
    ({ environment }) => environment,
  );
  const shown = names.filter(
    name => filters.environment === '' || name === filters.environment,
  );
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
            <Select
              aria-label="Environment"
              options={[
                { value: '', label: 'All environments' },
                ...names.map(name => ({ value: name, label: name })),
              ]}
              value={filters.environment}
              onChange={key => change({ environment: String(key ?? '') })}
            />
            <Select
              aria-label="State"
              options={STATES}
              value={filters.state}
              onChange={key => change({ state: String(key ?? '') })}
            />
            <SearchFilter
              label="Search teams"
              value={filters.search}
              onSearch={search => change({ search })}
            />
          </Flex>
          <PartNotice subject="findings" live={findings} />
          <PartNotice subject="cost" live={cost} />
          <SamplePrices cost={cost.value} />
          <LiveContent subject="teams" live={live}>
            {teams => (
              <section aria-label="Teams">
                <Table
                  columnConfig={teamColumns({
                    environments: shown,
                    currency: cost.value?.currency,
                  })}
                  data={teamRows(
                    { teams, findings: findings.value, cost: cost.value },
                    filters,
                  )}
                  {...tableState({
                    filters,
                    onChange: change,
                    total: 0,
                    pageSize: MAX_TEAMS,
                  })}
                  emptyState={<NoTeams isFiltered={teams.items.length > 0} />}
                />
                {teams.total > teams.items.length && (
                  <Text color="secondary">
                    The {teams.items.length} teams with the worst state of{' '}
                    {teams.total}.
                  </Text>
                )}
              </section>
            )}
          </LiveContent>
        </Flex>
      </Container>
    </main>
  );
}

function NoTeams({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Text>No teams match the filters.</Text>
  ) : (
    <Text>
      There is no team that you may see. Ask the platform team to add you to
      one: teams are groups of the <Link href="/catalog">catalog</Link>.
    </Text>
  );
}
