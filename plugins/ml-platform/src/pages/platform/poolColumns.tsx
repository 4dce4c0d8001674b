import { Cell, Text, type ColumnConfig } from '@backstage/ui';
import {
  formatGpus,
  type Capacity,
  type NodePool,
} from '@internal/plugin-ml-platform-common';
import { Meter } from '../../components/shared/Meter';
import { Pill } from '../../components/shared/Pill';
import { TextCell } from '../../components/shared/TextCell';

const GIB = 1024 ** 3;

type PoolRow = NodePool & { id: string; cluster: string };

/** Pools with GPUs first: they are what people look for. */
export function poolRows({ clusters }: Capacity): PoolRow[] {
  return clusters
    .flatMap(({ cluster, pools }) =>
      pools.map(pool => ({ ...pool, cluster, id: `${cluster} ${pool.name}` })),
    )
    .sort(
      (a, b) =>
        Number(b.gpus.length > 0) - Number(a.gpus.length > 0) ||
        a.id.localeCompare(b.id),
    );
}

export const poolColumns: ColumnConfig<PoolRow>[] = [
  {
    id: 'pool',
    label: 'Pool',
    isRowHeader: true,
    defaultWidth: '2fr',
    minWidth: 120,
    cell: ({ name, cluster }) => (
      <TextCell title={name} description={cluster} />
    ),
  },
  {
    id: 'nodes',
    label: 'Nodes ready',
    defaultWidth: '1.5fr',
    minWidth: 135,
    cell: ({ nodes: { ready, total, cordoned } }) => (
      <Cell>
        <Text as="div">
          {ready} of {total}
        </Text>
        {ready < total && <Pill tone="bad">{total - ready} not ready</Pill>}
        {cordoned > 0 && <Pill tone="warning">{cordoned} cordoned</Pill>}
      </Cell>
    ),
  },
  {
    id: 'gpus',
    label: 'GPUs free',
    defaultWidth: '3fr',
    minWidth: 200,
    cell: ({ gpus, name: pool }) => (
      <Cell>
        {gpus.length === 0 && <Text color="secondary">None</Text>}
        {gpus.map(
          ({ resource, product, name, free, allocatable, requested }) => {
            const sort = product ? `${product} (${name})` : name;
            return (
              <div key={`${resource} ${product}`}>
                <Text as="div" style={{ overflowWrap: 'anywhere' }}>
                  {free} of {allocatable} {sort}
                </Text>
                {allocatable > 0 && (
                  <Meter
                    label={`Requested ${sort} in ${pool}`}
                    value={requested}
                    max={allocatable}
                    text={`${requested} requested`}
                  />
                )}
              </div>
            );
          },
        )}
      </Cell>
    ),
  },
  {
    id: 'largest',
    label: 'Largest pod',
    defaultWidth: '1.3fr',
    minWidth: 130,
    cell: ({ gpus }) => (
      <TextCell
        title={formatGpus(gpus.map(gpu => ({ ...gpu, count: gpu.largest })))}
      />
    ),
  },
  {
    id: 'cpu',
    label: 'CPU requested',
    defaultWidth: '2fr',
    minWidth: 160,
    cell: ({ cpu: { requested, allocatable }, name }) => (
      <Cell>
        <Amount
          label={`Requested CPU cores in ${name}`}
          requested={requested}
          allocatable={allocatable}
          unit="cores"
        />
      </Cell>
    ),
  },
  {
    id: 'memory',
    label: 'Memory requested',
    defaultWidth: '2fr',
    minWidth: 185,
    cell: ({ memory: { requested, allocatable }, name }) => (
      <Cell>
        <Amount
          label={`Requested memory in ${name}`}
          requested={requested / GIB}
          allocatable={allocatable / GIB}
          unit="GiB"
        />
      </Cell>
    ),
  },
  {
    id: 'spot',
    label: 'Spot',
    defaultWidth: '0.8fr',
    minWidth: 70,
    cell: ({ spotShare }) => (
      <TextCell title={`${Math.round(spotShare * 100)} %`} />
    ),
  },
];

function Amount(props: {
  label: string;
  requested: number;
  allocatable: number;
  unit: string;
}) {
  const { label, requested, allocatable, unit } = props;
  const text = `${round(requested)} of ${round(allocatable)} ${unit}`;
  return allocatable > 0 ? (
    <Meter label={label} value={requested} max={allocatable} text={text} />
  ) : (
    <Text>{text}</Text>
  );
}

function round(amount: number): number {
  return Math.round(amount * 10) / 10;
}
