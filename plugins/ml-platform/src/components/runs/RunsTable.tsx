import { Table, Text } from '@backstage/ui';
import type { Runs } from '@internal/plugin-ml-platform-common';
import { runsColumns, type RunRow } from './runsColumns';

/** Table of runs; selecting two or more compares them. */
export function RunsTable(props: {
  rows: RunRow[];
  prices: Runs['prices'];
  selected: string[];
  onSelect: (ids: string[]) => void;
}) {
  const { rows, prices, selected, onSelect } = props;
  return (
    <section aria-label="Runs">
      {rows.length > 1 && selected.length < 2 && (
        <Text as="p" variant="body-small" color="secondary">
          Select two to four runs to compare them.
        </Text>
      )}
      <Table
        columnConfig={runsColumns(prices)}
        data={rows}
        pagination={{ type: 'none' }}
        selection={{
          mode: 'multiple',
          behavior: 'toggle',
          selected: new Set(selected),
          onSelectionChange: keys =>
            onSelect(
              keys === 'all' ? rows.map(({ id }) => id) : [...keys].map(String),
            ),
        }}
      />
    </section>
  );
}
