import { useApi } from '@backstage/core-plugin-api';
import { Container, Flex, Select, Table, Text } from '@backstage/ui';
import type {
  FindingsSummary,
  Vulnerabilities,
} from '@internal/plugin-ml-platform-common';
import { useCallback, useMemo } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { IgnoredReports } from '../../components/IgnoredReports';
import { SeverityCounts } from '../../components/SeverityCounts';
import { LiveContent } from '../../components/shared/LiveContent';
import { tableState } from '../../hooks/tableState';
import { useLive } from '../../hooks/useLive';
import { useUrlState } from '../../hooks/useUrlState';
import { Coverage, isAllClear, reportCounts } from './Coverage';
import { SaveCsv } from './SaveCsv';
import { ScopeFilters } from './ScopeFilters';
import {
  PAGE_SIZE,
  vulnerabilityFiltersSchema,
  vulnerabilityQuery,
  type VulnerabilityFilters,
} from './securityFilters';
import { useSecurityScope } from './useSecurityScope';
import { vulnerabilityColumns } from './vulnerabilityColumns';
import { VulnerabilityPanel } from './VulnerabilityPanel';

const FIXABLE = [
  { value: '', label: 'With or without a fix' },
  { value: 'true', label: 'With a fix' },
  { value: 'false', label: 'Without a fix' },
];

/** Vulnerabilities in the images in use, those with a fix first; each opens its places in the side panel. */
export function VulnerabilitiesTab() {
  const client = useApi(mlPlatformApiRef);
  const [filters, setFilters] = useUrlState(vulnerabilityFiltersSchema);
  const { cve, ...listed } = filters;
  const listKey = JSON.stringify(listed);
  const query = useMemo(
    () => vulnerabilityQuery(JSON.parse(listKey)),
    [listKey],
  );
  const { summary, platform, topics } = useSecurityScope(filters.environment);
  const live = useLive(
    useCallback(() => client.getVulnerabilities(query), [client, query]),
    topics,
  );
  const change = (changes: Record<string, string>) =>
    setFilters(
      vulnerabilityFiltersSchema.parse({ ...filters, page: '1', ...changes }),
    );
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <ScopeFilters
            filters={filters}
            onChange={change}
            summary={summary.value}
            platform={platform}
            searchLabel="Search by CVE, package or title"
          >
            <Select
              aria-label="Fix"
              options={FIXABLE}
              value={filters.fixable}
              onChange={key => change({ fixable: String(key ?? '') })}
            />
            <SaveCsv query={query} />
          </ScopeFilters>
          {summary.value && (
            <Coverage counts={reportCounts(summary.value, filters.team)} />
          )}
          <LiveContent subject="vulnerabilities" live={live}>
            {value => (
              <section aria-label="Vulnerabilities">
                <Flex direction="column" gap="3">
                  <Totals value={value} />
                  <Table
                    columnConfig={vulnerabilityColumns(id =>
                      change({ cve: id, page: filters.page }),
                    )}
                    data={value.items}
                    {...tableState({
                      filters,
                      onChange: change,
                      total: value.total,
                      pageSize: PAGE_SIZE,
                    })}
                    emptyState={
                      <Empty filters={filters} summary={summary.value} />
                    }
                  />
                </Flex>
              </section>
            )}
          </LiveContent>
        </Flex>
      </Container>
      {cve && (
        <VulnerabilityPanel
          key={cve}
          id={cve}
          scope={{
            team: filters.team || undefined,
            environment: filters.environment || undefined,
          }}
          requestableTeams={(platform?.requestableTeams ?? []).map(
            ({ name }) => name,
          )}
          onClose={() => setFilters({ cve: '' })}
        />
      )}
    </main>
  );
}

function Totals({ value }: { value: Vulnerabilities }) {
  return (
    <>
      {value.total > 0 && (
        <>
          <SeverityCounts counts={value.counts} />
          <Text>
            {value.fixable} of {value.total} can be fixed by an update.
          </Text>
        </>
      )}
      <IgnoredReports count={value.ignoredReports} />
    </>
  );
}

function Empty(props: {
  filters: VulnerabilityFilters;
  summary?: FindingsSummary;
}) {
  const { filters, summary } = props;
  const { team, search, severity, fixable } = filters;
  const counts = summary && reportCounts(summary, team);
  if (search || severity || fixable) {
    return (
      <Flex direction="column" gap="2" align="start">
        <Text>No vulnerabilities match the filters.</Text>
      </Flex>
    );
  }
  if (!counts) {
    return <Text>No vulnerabilities are known.</Text>;
  }
  if (counts.images === 0) {
    return (
      <Text>
        No images are in use here. Trivy scans the images of workloads a few
        minutes after they start.
      </Text>
    );
  }
  const scanned = counts.images - counts.withoutReport;
  return (
    <Text>
      {isAllClear(counts)
        ? `None found: all ${counts.images} images in use have a recent report.`
        : `Nothing found in ${scanned} of ${counts.images} images in use. The others have no report, which does not mean no vulnerabilities.`}
    </Text>
  );
}
