import { Cell, Link, Text, type ColumnConfig } from '@backstage/ui';
import { MONTH_HOURS, formatMoney } from '@internal/plugin-ml-platform-common';
import { TextCell } from '../../components/shared/TextCell';
import { workloadHref } from '../../components/shared/workloadHref';
import type { CostRow, Costs } from './readCosts';

const PARTS = [
  { id: 'cpu', label: 'CPU' },
  { id: 'memory', label: 'Memory' },
  { id: 'gpu', label: 'GPU' },
  { id: 'storage', label: 'Storage' },
] as const;

const environmentColumn: ColumnConfig<CostRow> = {
  id: 'environment',
  label: 'Environment',
  defaultWidth: '1.5fr',
  minWidth: 110,
  cell: ({ environment = '–' }) => <TextCell title={environment} />,
};

/** All amounts are for a month of 30 days, as it is now. */
export function costColumns({
  team,
  currency,
}: Pick<Costs, 'team' | 'currency'>): ColumnConfig<CostRow>[] {
  const areTeams = team === undefined;
  return [
    {
      id: 'name',
      label: areTeams ? 'Team' : 'Workload',
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '3fr',
      minWidth: 160,
      cell: row => (
        <Cell>
          <Name row={row} team={team} />
          <Text as="div" variant="body-small" color="secondary">
            {row.pods === 1 ? '1 pod' : `${row.pods} pods`}
          </Text>
        </Cell>
      ),
    },
    ...(areTeams ? [] : [environmentColumn]),
    ...PARTS.map(
      ({ id, label }): ColumnConfig<CostRow> => ({
        id,
        label,
        isSortable: true,
        defaultWidth: '1fr',
        minWidth: 110,
        cell: ({ breakdown }) => (
          <TextCell title={formatMoney(breakdown[id] * MONTH_HOURS)} />
        ),
      }),
    ),
    {
      id: 'cost',
      label: `${currency} a month`,
      isSortable: true,
      defaultWidth: '1.5fr',
      minWidth: 120,
      cell: ({ perMonth }) => (
        <Cell>
          <Text weight="bold">{formatMoney(perMonth)}</Text>
        </Cell>
      ),
    },
  ];
}

function Name({ row, team }: { row: CostRow; team: string | undefined }) {
  if (!row.name) {
    return <Text>Without a workload</Text>;
  }
  return (
    <Link
      href={
        team === undefined
          ? `?team=${encodeURIComponent(row.name)}`
          : workloadHref({ team, workload: row.name })
      }
    >
      {row.name}
    </Link>
  );
}
