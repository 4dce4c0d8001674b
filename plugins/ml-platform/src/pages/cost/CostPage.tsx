import { useApi } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Select, Table, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { LiveContent } from '../../components/shared/LiveContent';
import { SamplePrices } from '../../components/shared/SamplePrices';
import { tableState } from '../../hooks/tableState';
import { useLive } from '../../hooks/useLive';
import { useRequest } from '../../hooks/useRequest';
import { useUrlState } from '../../hooks/useUrlState';
import { Arithmetic } from './Arithmetic';
import { costColumns } from './costColumns';
import { costFiltersSchema, PAGE_SIZE } from './costFilters';
import { readCosts } from './readCosts';
import { UnusedQuota } from './UnusedQuota';

/** Current cost of the teams that one may see, or of the workloads of one team, with its arithmetic. */
export function CostPage() {
  const client = useApi(mlPlatformApiRef);
  const [filters, setFilters] = useUrlState(costFiltersSchema);
  const { value: platform } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  const live = useLive(
    useCallback(() => readCosts(client, filters), [client, filters]),
    ({ teams }) => teams.map(team => `team:${team}`),
  );
  const change = (changes: Record<string, string>) =>
    setFilters(costFiltersSchema.parse({ ...filters, page: '1', ...changes }));
  const environments = (platform?.environments ?? []).map(({ name }) => name);
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
            <Select
              aria-label="Environment"
              style={{ maxWidth: '20rem' }}
              options={[
                { value: '', label: 'All environments' },
                ...environments.map(name => ({ value: name, label: name })),
              ]}
              value={filters.environment}
              onChange={key => change({ environment: String(key ?? '') })}
            />
            {filters.team && (
              <Link
                href={`?${new URLSearchParams(
                  filters.environment
                    ? { environment: filters.environment }
                    : {},
                )}`}
              >
                All teams
              </Link>
            )}
          </Flex>
          <LiveContent subject="cost" live={live}>
            {costs => (
              <>
                <SamplePrices cost={costs} />
                {costs.configured && (
                  <>
                    <Arithmetic costs={costs} subject={filters.team} />
                    <section aria-label="Cost">
                      <Table
                        columnConfig={costColumns(costs)}
                        data={costs.rows}
                        {...tableState({
                          filters,
                          onChange: change,
                          total: costs.total,
                          pageSize: PAGE_SIZE,
                        })}
                        emptyState={
                          <Text>
                            {filters.team
                              ? `Nothing of ${filters.team} runs here, so it costs nothing now.`
                              : 'There is no team that you may see. Ask the platform team to add you to one.'}
                          </Text>
                        }
                      />
                    </section>
                    <UnusedQuota costs={costs} />
                  </>
                )}
              </>
            )}
          </LiveContent>
        </Flex>
      </Container>
    </main>
  );
}
