import { useApi } from '@backstage/core-plugin-api';
import {
  Cell,
  Container,
  Flex,
  Link,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import type {
  ConfigAudit,
  ConfigAudits,
  ExposedSecret,
  ExposedSecrets,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { IgnoredReports } from '../../components/IgnoredReports';
import { SEVERITY_TONES, severityName } from '../../components/severities';
import { SeverityCounts } from '../../components/SeverityCounts';
import { LiveContent } from '../../components/shared/LiveContent';
import { Pill } from '../../components/shared/Pill';
import { TextCell } from '../../components/shared/TextCell';
import { workloadHref } from '../../components/shared/workloadHref';
import { tableState } from '../../hooks/tableState';
import { useLive } from '../../hooks/useLive';
import { useUrlState } from '../../hooks/useUrlState';
import { ScopeFilters } from './ScopeFilters';
import {
  auditFiltersSchema,
  PAGE_SIZE,
  pageQuery,
  withoutEmpty,
} from './securityFilters';
import { useSecurityScope } from './useSecurityScope';

/** A failed check of an object, or a secret in an image. */
type Audit = (ConfigAudit | ExposedSecret) & { id: string };

const TABS = {
  config: {
    subject: 'Failed configuration checks',
    empty:
      'Trivy has reported no failed configuration check here. It checks the objects of namespaces that its operator watches; without its reports this list is empty, too.',
  },
  secrets: {
    subject: 'Exposed secrets',
    empty:
      'Trivy has reported no secret in an image here. Images without a report can have some.',
  },
};

const columns: ColumnConfig<Audit>[] = [
  {
    id: 'rule',
    label: 'Rule',
    isRowHeader: true,
    isSortable: true,
    defaultWidth: '4fr',
    minWidth: 200,
    cell: audit => (
      <TextCell title={audit.title} description={audit.rule}>
        {'remediation' in audit && audit.remediation && (
          <Text as="div" variant="body-small">
            {audit.remediation}
          </Text>
        )}
      </TextCell>
    ),
  },
  {
    id: 'severity',
    label: 'Severity',
    isSortable: true,
    defaultWidth: '1fr',
    minWidth: 110,
    cell: ({ severity }) => (
      <Cell>
        <Pill tone={SEVERITY_TONES[severity]}>{severityName(severity)}</Pill>
      </Cell>
    ),
  },
  {
    id: 'resource',
    label: 'Where',
    isSortable: true,
    defaultWidth: '3fr',
    minWidth: 180,
    cell: audit => (
      <Cell>
        <Text as="div" style={{ overflowWrap: 'anywhere' }}>
          {audit.resource.kind} {audit.resource.name}
        </Text>
        {'image' in audit && (
          <Text
            as="div"
            variant="body-small"
            color="secondary"
            style={{ overflowWrap: 'anywhere' }}
          >
            {audit.target ? `${audit.target} in ${audit.image}` : audit.image}
          </Text>
        )}
        {'messages' in audit &&
          audit.messages.map(message => (
            <Text
              key={message}
              as="div"
              variant="body-small"
              color="secondary"
              style={{ overflowWrap: 'anywhere' }}
            >
              {message}
            </Text>
          ))}
      </Cell>
    ),
  },
  {
    id: 'owner',
    label: 'Owner',
    defaultWidth: '2fr',
    minWidth: 150,
    cell: ({ team, environment, workload }) => (
      <Cell>
        <Text as="div">
          {team}, {environment}
        </Text>
        {workload && (
          <Link href={workloadHref({ team, workload })}>{workload}</Link>
        )}
      </Cell>
    ),
  },
];

/** Failed configuration checks, or secrets in images. The portal never has the secrets themselves. */
export function AuditsTab({ kind }: { kind: keyof typeof TABS }) {
  const client = useApi(mlPlatformApiRef);
  const [filters, setFilters] = useUrlState(auditFiltersSchema);
  const { summary, platform, topics } = useSecurityScope(filters.environment);
  const { subject, empty } = TABS[kind];
  const live = useLive(
    useCallback((): Promise<ConfigAudits | ExposedSecrets> => {
      const { page, ...rest } = filters;
      const query = { ...withoutEmpty(rest), ...pageQuery(page) };
      return kind === 'config'
        ? client.getConfigAudits(query)
        : client.getExposedSecrets(query);
    }, [client, filters, kind]),
    topics,
  );
  const change = (changes: Record<string, string>) =>
    setFilters(auditFiltersSchema.parse({ ...filters, page: '1', ...changes }));
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <ScopeFilters
            filters={filters}
            onChange={change}
            summary={summary.value}
            platform={platform}
            searchLabel="Search by rule, title or object"
          />
          <LiveContent subject={subject} live={live}>
            {value => (
              <section aria-label={subject}>
                <Flex direction="column" gap="3">
                  {value.total > 0 && <SeverityCounts counts={value.counts} />}
                  <IgnoredReports count={value.ignoredReports} />
                  <Table
                    columnConfig={columns}
                    data={value.items.map((item, index) => ({
                      ...item,
                      id: `${filters.page} ${index}`,
                    }))}
                    {...tableState({
                      filters,
                      onChange: change,
                      total: value.total,
                      pageSize: PAGE_SIZE,
                    })}
                    emptyState={
                      <Text>
                        {filters.search || filters.severity
                          ? 'Nothing matches the filters.'
                          : empty}
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
