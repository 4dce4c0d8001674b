import {
  Cell,
  Flex,
  Link,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import type {
  TeamWorkload,
  TeamWorkloads,
} from '@internal/plugin-ml-platform-common';
import { FindingsSummary } from '../FindingsSummary';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { Pill } from '../shared/Pill';
import { reasonText } from '../shared/reasonText';
import { TextCell } from '../shared/TextCell';
import { workloadHref } from '../shared/workloadHref';

type WorkloadRow = TeamWorkload & { id: string };

/** Workloads of a team, the worst ones first. */
export function TeamWorkloadsTable(props: {
  team: string;
  workloads: TeamWorkloads;
}) {
  const { team, workloads } = props;
  const { items, total } = workloads;
  return (
    <section aria-label="Workloads">
      <Flex direction="column" gap="2">
        <Text as="h2" variant="title-x-small">
          Workloads
        </Text>
        <Table
          columnConfig={workloadColumns(team)}
          data={items.map(item => ({ ...item, id: item.workload }))}
          pagination={{ type: 'none' }}
          emptyState={
            <Text>
              This team has no workloads yet.{' '}
              <Link href="/create">Create one</Link>.
            </Text>
          }
        />
        {total > items.length && (
          <Text variant="body-small" color="secondary">
            The worst {items.length} of {total}.
          </Text>
        )}
      </Flex>
    </section>
  );
}

function workloadColumns(team: string): ColumnConfig<WorkloadRow>[] {
  return [
    {
      id: 'workload',
      label: 'Workload',
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 140,
      cell: ({ workload }) => (
        <Cell>
          <Link href={workloadHref({ team, workload })}>{workload}</Link>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: 'Health',
      defaultWidth: '3fr',
      minWidth: 180,
      cell: row => <HealthCell row={row} />,
    },
    {
      id: 'environments',
      label: 'Environments',
      defaultWidth: '2fr',
      minWidth: 120,
      cell: ({ environments }) => (
        <TextCell
          title={
            environments
              .filter(({ health }) => health.state !== 'missing')
              .map(({ environment }) => environment)
              .join(', ') || 'None'
          }
        />
      ),
    },
    {
      id: 'runs',
      label: 'Runs now',
      defaultWidth: '2fr',
      minWidth: 130,
      cell: ({ runs: { running, waiting } }) => (
        <TextCell
          title={
            [
              running > 0 && `${running} running`,
              waiting > 0 && `${waiting} waiting`,
            ]
              .filter(Boolean)
              .join(', ') || '–'
          }
        />
      ),
    },
    {
      id: 'findings',
      label: 'Findings',
      defaultWidth: '3fr',
      minWidth: 240,
      cell: ({ findings }) => (
        <Cell>
          {findings ? (
            <FindingsSummary findings={findings} />
          ) : (
            <Text color="secondary">Not shown to you</Text>
          )}
        </Cell>
      ),
    },
  ];
}

function HealthCell({ row }: { row: WorkloadRow }) {
  const { state, environments } = row;
  const worst = environments.findLast(({ health }) => health.state === state);
  const [reason] = worst?.health.reasons ?? [];
  return (
    <Cell>
      <Pill tone={HEALTH_TONES[state]}>{HEALTH_LABELS[state]}</Pill>
      {worst && reason && state !== 'missing' && (
        <Text
          as="div"
          variant="body-small"
          color="secondary"
          style={{ overflowWrap: 'anywhere' }}
        >
          {worst.environment}: {reasonText(reason)}
        </Text>
      )}
    </Cell>
  );
}
