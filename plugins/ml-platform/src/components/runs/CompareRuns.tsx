import { Flex, Switch, Table, Text, type ColumnConfig } from '@backstage/ui';
import type { Run, Runs } from '@internal/plugin-ml-platform-common';
import { useQueryParam } from '../../hooks/useQueryParam';
import { TextCell } from '../shared/TextCell';
import { compareRuns, type ComparedProperty } from './compareRuns';
import { runName } from './runTexts';

/** Runs side by side; by default only what differs between them. */
export function CompareRuns(props: { runs: Run[]; prices: Runs['prices'] }) {
  const { runs, prices } = props;
  const [all, setAll] = useQueryParam('properties', 'different');
  const onlyDifferent = all === 'different';
  const properties = compareRuns(runs, prices);
  const shown = properties.filter(({ differs }) => differs || !onlyDifferent);
  const columns: ColumnConfig<ComparedProperty>[] = [
    {
      id: 'property',
      label: 'Property',
      isRowHeader: true,
      cell: ({ name }) => <TextCell title={name} />,
    },
    ...runs.map(
      (run, index): ColumnConfig<ComparedProperty> => ({
        id: run.id,
        label: runName(run),
        cell: ({ values }) => <TextCell title={values[index]} />,
      }),
    ),
  ];
  return (
    <section aria-label="Comparison">
      <Flex direction="column" gap="3">
        <Flex align="center" justify="between" style={{ flexWrap: 'wrap' }}>
          <Text as="h2" variant="title-x-small">
            Comparison of {runs.length} runs
          </Text>
          <Switch
            label="Only differences"
            isSelected={onlyDifferent}
            onChange={on => setAll(on ? 'different' : 'all')}
          />
        </Flex>
        {shown.length === 0 ? (
          <Text>Nothing differs between these runs.</Text>
        ) : (
          <Table
            columnConfig={columns}
            data={shown}
            pagination={{ type: 'none' }}
          />
        )}
      </Flex>
    </section>
  );
}
