import {
  Flex,
  SearchField,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { runStateSchema, type Runs } from '@internal/plugin-ml-platform-common';
import { useUrlState } from '../../hooks/useUrlState';
import { runsUrlSchema } from './runsUrl';

/** Choice of view, state and name, all in the URL. */
export function RunsFilter(props: {
  /** Absent until they are read. */
  counts: Runs['counts'] | undefined;
}) {
  const { counts } = props;
  const [{ view, state, search }, change] = useUrlState(runsUrlSchema);
  return (
    <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }}>
      <ToggleButtonGroup
        aria-label="View"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys =>
          change({ view: keys.has('timeline') ? 'timeline' : 'table' })
        }
      >
        <ToggleButton id="table">Table</ToggleButton>
        <ToggleButton id="timeline">Timeline</ToggleButton>
      </ToggleButtonGroup>
      <Select
        aria-label="State"
        options={[
          { value: 'any', label: 'Any state' },
          ...runStateSchema.options.map(value => ({
            value,
            label: counts ? `${value} (${counts[value] ?? 0})` : value,
          })),
        ]}
        value={state || 'any'}
        onChange={key =>
          change({ state: key === 'any' ? '' : String(key), page: '1' })
        }
      />
      <SearchField
        aria-label="Search runs"
        placeholder="Search by name"
        style={{ flex: '1 1 14rem' }}
        value={search}
        onChange={value =>
          change({ search: value, page: '1' }, { replace: true })
        }
      />
    </Flex>
  );
}
