import { useApi } from '@backstage/core-plugin-api';
import {
  Cell,
  Container,
  Flex,
  Link,
  Select,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import type { RunningImage } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { LiveContent } from '../../components/shared/LiveContent';
import { Pill } from '../../components/shared/Pill';
import { TextCell } from '../../components/shared/TextCell';
import { timeAgo } from '../../components/shared/time';
import { workloadHref } from '../../components/shared/workloadHref';
import { tableState } from '../../hooks/tableState';
import { useLive } from '../../hooks/useLive';
import { useUrlState } from '../../hooks/useUrlState';
import { SeverityLine } from '../../components/SeverityLine';
import { ScopeFilters } from './ScopeFilters';
import {
  imageFiltersSchema,
  PAGE_SIZE,
  pageQuery,
  withoutEmpty,
} from './securityFilters';
import { useSecurityScope } from './useSecurityScope';

const REPORTS = [
  { value: '', label: 'With or without a report' },
  { value: 'none', label: 'Without a report' },
  { value: 'failed', label: 'Scan failed' },
  { value: 'stale', label: 'Outdated report' },
  { value: 'present', label: 'Recent report' },
];

type ImageRow = RunningImage & { id: string };

const columns: ColumnConfig<ImageRow>[] = [
  {
    id: 'image',
    label: 'Image',
    isRowHeader: true,
    isSortable: true,
    defaultWidth: '4fr',
    minWidth: 220,
    cell: ({ image, os, sample }) => (
      <TextCell title={image} description={os?.name}>
        {os?.endOfLife && <Pill tone="bad">Out of support</Pill>}
        {sample && <Pill tone="neutral">Sample data, not a scan</Pill>}
      </TextCell>
    ),
  },
  {
    id: 'scannedAt',
    label: 'Report',
    isSortable: true,
    defaultWidth: '2fr',
    minWidth: 150,
    cell: ({ report, scannedAt, notes }) => (
      <Cell>
        <Report report={report} scannedAt={scannedAt} />
        {notes.map(note => (
          <Text key={note} as="div" variant="body-small" color="secondary">
            {note}
          </Text>
        ))}
      </Cell>
    ),
  },
  {
    id: 'severity',
    label: 'Findings',
    isSortable: true,
    defaultWidth: '2fr',
    minWidth: 150,
    cell: ({ report, counts, fixable }) => (
      <Cell>
        {report === 'none' || report === 'failed' ? (
          <Text color="secondary">Unknown</Text>
        ) : (
          <SeverityLine counts={counts} fixable={fixable} />
        )}
      </Cell>
    ),
  },
  {
    id: 'places',
    label: 'Used by',
    defaultWidth: '3fr',
    minWidth: 180,
    cell: ({ places, placeCount }) => (
      <Cell>
        {usersOf(places).map(({ team, workload, environments }) => (
          <Text key={`${team} ${workload}`} as="div" variant="body-small">
            {workload ? (
              <Link
                variant="body-small"
                href={workloadHref({ team, workload }, 'findings')}
              >
                {workload}
              </Link>
            ) : (
              'No workload'
            )}
            , {team}: {environments.join(', ')}
          </Text>
        ))}
        {placeCount > places.length && (
          <Text as="div" variant="body-small" color="secondary">
            and in {placeCount - places.length} more namespaces
          </Text>
        )}
      </Cell>
    ),
  },
];

/** Images in use, with the state of their report and where they run. */
export function ImagesTab() {
  const client = useApi(mlPlatformApiRef);
  const [filters, setFilters] = useUrlState(imageFiltersSchema);
  const { summary, platform, topics } = useSecurityScope(filters.environment);
  const live = useLive(
    useCallback(() => {
      const { page, ...rest } = filters;
      return client.getImages({ ...withoutEmpty(rest), ...pageQuery(page) });
    }, [client, filters]),
    topics,
  );
  const change = (changes: Record<string, string>) =>
    setFilters(imageFiltersSchema.parse({ ...filters, page: '1', ...changes }));
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <ScopeFilters
            filters={filters}
            onChange={change}
            summary={summary.value}
            platform={platform}
            searchLabel="Search by name or digest"
          >
            <Select
              aria-label="Report"
              options={REPORTS}
              value={filters.report}
              onChange={key => change({ report: String(key ?? '') })}
            />
          </ScopeFilters>
          <LiveContent subject="images" live={live}>
            {({ items, total, reports }) => (
              <section aria-label="Images">
                <Flex direction="column" gap="3">
                  <Text>
                    {reports.present} with a recent report, {reports.stale} with
                    an outdated one, {reports.none} without, {reports.failed}{' '}
                    whose scan failed.
                  </Text>
                  <Table
                    columnConfig={columns}
                    data={items.map(item => ({
                      ...item,
                      id: item.digest ?? item.image,
                    }))}
                    {...tableState({
                      filters,
                      onChange: change,
                      total,
                      pageSize: PAGE_SIZE,
                    })}
                    emptyState={
                      <Text>
                        {filters.search || filters.report
                          ? 'No images match the filters.'
                          : 'No images are in use here.'}
                      </Text>
                    }
                  />
                </Flex>
              </section>
            )}
          </LiveContent>
        </Flex>
      </Container>
    </main>
  );
}

function Report({ report, scannedAt }: Pick<ImageRow, 'report' | 'scannedAt'>) {
  const when = scannedAt ? timeAgo(scannedAt) : undefined;
  switch (report) {
    case 'present':
      return <Text as="div">{when ? `Scanned ${when}` : 'Scanned'}</Text>;
    case 'stale':
      return (
        <Pill tone="warning">{when ? `Outdated, ${when}` : 'Outdated'}</Pill>
      );
    case 'failed':
      return <Pill tone="warning">Scan failed</Pill>;
    default:
      return <Pill tone="warning">No report</Pill>;
  }
}

/** Joins the environments of each workload. */
function usersOf(places: RunningImage['places']) {
  const users = new Map<
    string,
    { team: string; workload?: string; environments: string[] }
  >();
  for (const { team, workload, environment } of places) {
    const key = `${team} ${workload}`;
    const user = users.get(key) ?? { team, workload, environments: [] };
    users.set(key, {
      ...user,
      environments: [...user.environments, environment],
    });
  }
  return [...users.values()];
}
