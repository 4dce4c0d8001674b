import {
  Cell,
  Container,
  Flex,
  Link,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import type { TeamFindings } from '@internal/plugin-ml-platform-common';
import { LiveContent } from '../../components/shared/LiveContent';
import { Pill } from '../../components/shared/Pill';
import { TextCell } from '../../components/shared/TextCell';
import { SeverityLine } from '../../components/SeverityLine';
import { isAllClear } from './Coverage';
import { useSecurityScope } from './useSecurityScope';

type TeamRow = TeamFindings & { id: string };

const columns: ColumnConfig<TeamRow>[] = [
  {
    id: 'team',
    label: 'Team',
    isRowHeader: true,
    defaultWidth: '2fr',
    cell: ({ team }) => (
      <Cell>
        <Link
          href={`/ml-platform/security/cves?team=${encodeURIComponent(team)}`}
        >
          {team}
        </Link>
      </Cell>
    ),
  },
  {
    id: 'findings',
    label: 'Findings',
    defaultWidth: '3fr',
    cell: row => (
      <Cell>
        {row.images === row.withoutReport ? (
          <Text color="secondary">
            {row.images === 0 ? 'No images in use' : 'Unknown'}
          </Text>
        ) : (
          <SeverityLine counts={row.counts} fixable={row.fixable} />
        )}
      </Cell>
    ),
  },
  {
    id: 'images',
    label: 'Images in use',
    defaultWidth: '1fr',
    cell: ({ images }) => <TextCell title={String(images)} />,
  },
  {
    id: 'coverage',
    label: 'Reports',
    defaultWidth: '3fr',
    cell: row => (
      <Cell>
        {isAllClear(row) ? (
          <Text>{row.images > 0 ? 'All recent' : '–'}</Text>
        ) : (
          <Flex gap="1" style={{ flexWrap: 'wrap' }}>
            {row.withoutReport > 0 && (
              <Pill tone="warning">{row.withoutReport} without a report</Pill>
            )}
            {row.stale > 0 && <Pill tone="warning">{row.stale} outdated</Pill>}
            {row.endOfLife > 0 && (
              <Pill tone="bad">{row.endOfLife} out of support</Pill>
            )}
          </Flex>
        )}
      </Cell>
    ),
  },
];

/** Findings by team, those with the most severe first. */
export function TeamsTab() {
  const { summary } = useSecurityScope('');
  return (
    <main>
      <Container>
        <LiveContent subject="teams" live={summary}>
          {({ items, total }) => (
            <section aria-label="Teams">
              <Flex direction="column" gap="3">
                <Table
                  columnConfig={columns}
                  data={[...items]
                    .sort(bySeverity)
                    .map(item => ({ ...item, id: item.team }))}
                  pagination={{ type: 'none' }}
                  emptyState={
                    <Text>
                      There is no team whose findings you may see. Ask the
                      platform team to add you to one.
                    </Text>
                  }
                />
                {total > items.length && (
                  <Text color="secondary">
                    The first {items.length} of {total} teams by name.
                  </Text>
                )}
                <Text variant="body-small" color="secondary">
                  A vulnerability counts once per team, and in every team that
                  has it: these numbers do not add up to that of all teams.
                </Text>
              </Flex>
            </section>
          )}
        </LiveContent>
      </Container>
    </main>
  );
}

function bySeverity(a: TeamFindings, b: TeamFindings): number {
  return (
    b.counts.CRITICAL - a.counts.CRITICAL ||
    b.counts.HIGH - a.counts.HIGH ||
    a.team.localeCompare(b.team)
  );
}
