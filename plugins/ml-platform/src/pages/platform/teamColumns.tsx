import { Cell, Link, Text, type ColumnConfig } from '@backstage/ui';
import { formatMoney } from '@internal/plugin-ml-platform-common';
import { Meter } from '../../components/shared/Meter';
import { TextCell } from '../../components/shared/TextCell';
import { EnvironmentCell } from './EnvironmentCell';
import type { TeamRow } from './teamRows';

/** @param environments - those that are shown, in order of promotion. */
export function teamColumns(options: {
  environments: string[];
  /** ISO 4217; absent without prices. */
  currency?: string;
}): ColumnConfig<TeamRow>[] {
  const { environments, currency } = options;
  return [
    {
      id: 'team',
      label: 'Team',
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '2fr',
      minWidth: 125,
      cell: ({ overview: { team, workloads } }) => (
        <Cell>
          <Link href={`/catalog/default/group/${encodeURIComponent(team)}`}>
            {team}
          </Link>
          <Text as="div" variant="body-small" color="secondary">
            {workloads === 1 ? '1 workload' : `${workloads} workloads`}
          </Text>
        </Cell>
      ),
    },
    ...environments.map(
      (name): ColumnConfig<TeamRow> => ({
        id: `environment ${name}`,
        label: name,
        defaultWidth: '1.6fr',
        minWidth: 115,
        cell: ({ overview }) => {
          const found = overview.environments.find(
            ({ environment }) => environment === name,
          );
          return found ? (
            <EnvironmentCell counts={found.counts} />
          ) : (
            <TextCell title="–" />
          );
        },
      }),
    ),
    {
      id: 'gpu',
      label: 'GPUs',
      isSortable: true,
      defaultWidth: '1.6fr',
      minWidth: 110,
      cell: ({ gpus, overview: { team } }) => (
        <Cell>
          {gpus.length === 0 && <Text color="secondary">No quota</Text>}
          {gpus.map(({ name, used, hard }) => {
            const text = `${used} of ${hard} ${name}${hard === 1 ? '' : 's'}`;
            return hard > 0 ? (
              <Meter
                key={name}
                label={`${name} requests of ${team}`}
                value={used}
                max={hard}
                text={text}
              />
            ) : (
              <Text key={name} as="div">
                {text}
              </Text>
            );
          })}
        </Cell>
      ),
    },
    {
      id: 'cpu',
      label: 'CPU',
      isSortable: true,
      defaultWidth: '1.6fr',
      minWidth: 110,
      cell: ({ cpu, overview: { team } }) => (
        <Cell>
          {cpu ? (
            <Meter
              label={`CPU requests of ${team} in ${cpu.environment}`}
              value={cpu.used}
              max={cpu.hard}
              text={`${Math.round((cpu.used / cpu.hard) * 100)} % in ${
                cpu.environment
              }`}
            />
          ) : (
            <Text color="secondary">No quota</Text>
          )}
        </Cell>
      ),
    },
    {
      id: 'findings',
      label: 'CVEs',
      isSortable: true,
      defaultWidth: '1.3fr',
      minWidth: 105,
      cell: row => <FindingsCell row={row} />,
    },
    {
      id: 'cost',
      label: `${currency ?? 'Cost'}/month`,
      isSortable: true,
      defaultWidth: '1fr',
      minWidth: 125,
      cell: ({ costPerMonth }) => (
        <TextCell
          title={
            costPerMonth === undefined || !currency
              ? 'Unknown'
              : formatMoney(costPerMonth)
          }
          color={costPerMonth === undefined ? 'secondary' : 'primary'}
        />
      ),
    },
  ];
}

function FindingsCell({ row }: { row: TeamRow }) {
  const { findings, overview } = row;
  if (!findings || findings.images === findings.withoutReport) {
    return <TextCell title="Unknown" color="secondary" />;
  }
  const { counts, withoutReport } = findings;
  return (
    <Cell>
      <Link
        href={`/ml-platform/security/cves?team=${encodeURIComponent(
          overview.team,
        )}`}
        aria-label={`${counts.CRITICAL} critical, ${counts.HIGH} high in ${overview.team}`}
      >
        {counts.CRITICAL} critical, {counts.HIGH} high
      </Link>
      {withoutReport > 0 && (
        <Text as="div" variant="body-small" color="secondary">
          {withoutReport} images unknown
        </Text>
      )}
    </Cell>
  );
}
