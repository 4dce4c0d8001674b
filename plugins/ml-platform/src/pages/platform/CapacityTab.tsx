import { useApi } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Table, Text } from '@backstage/ui';
import type {
  ActiveRuns,
  Capacity,
  ClusterCapacity,
} from '@internal/plugin-ml-platform-common';
import { formatGpus } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { LiveContent } from '../../components/shared/LiveContent';
import { useLive } from '../../hooks/useLive';
import { ActiveRunList } from '../runs/ActiveRunList';
import { poolColumns, poolRows } from './poolColumns';

/** Node pools with what is free, and who waits. */
export function CapacityTab() {
  const client = useApi(mlPlatformApiRef);
  const runs = useLive(
    useCallback(() => client.getActiveRuns(), [client]),
    ({ items }) => items.map(({ team }) => `runs:${team}`),
  );
  const capacity = useLive(
    useCallback(() => client.getCapacity(), [client]),
    () => (runs.value?.items ?? []).map(({ team }) => `runs:${team}`),
  );
  return (
    <main>
      <Container>
        <Flex direction="column" gap="6">
          <LiveContent subject="capacity" live={capacity}>
            {value => <Pools capacity={value} />}
          </LiveContent>
          <Flex direction="column" gap="3">
            <Text as="h2" variant="title-x-small">
              Training runs that wait
            </Text>
            <LiveContent subject="training runs" live={runs}>
              {value => <WaitingRuns runs={value} />}
            </LiveContent>
          </Flex>
        </Flex>
      </Container>
    </main>
  );
}

function Pools({ capacity }: { capacity: Capacity }) {
  return (
    <Flex direction="column" gap="3">
      {capacity.clusters.map(cluster => (
        <Text key={cluster.cluster} as="p">
          {waitingText(cluster)}
        </Text>
      ))}
      <section aria-label="Node pools">
        <Table
          columnConfig={poolColumns}
          data={poolRows(capacity)}
          pagination={{ type: 'none' }}
          emptyState={<Text>No nodes could be read yet.</Text>}
        />
      </section>
      <Text variant="body-small" color="secondary">
        Free is what no pod requests, on nodes that are ready and take new pods.
        A pod gets all its GPUs from one node: five free GPUs on five nodes run
        no pod that needs four.
      </Text>
    </Flex>
  );
}

function waitingText({ cluster, waiting }: ClusterCapacity): string {
  const { pods, gpuPods, gpuAmounts } = waiting;
  if (pods === 0) {
    return `${cluster}: no pod waits for a node.`;
  }
  const gpus =
    gpuPods > 0
      ? `, ${gpuPods} of them for GPUs (${formatGpus(gpuAmounts)})`
      : '';
  return `${cluster}: ${
    pods === 1 ? '1 pod waits' : `${pods} pods wait`
  } for a node${gpus}. Runs in a queue of Kueue have no pods yet.`;
}

function WaitingRuns({ runs }: { runs: ActiveRuns }) {
  const waiting = runs.items.filter(({ state }) => state !== 'Running');
  return waiting.length === 0 ? (
    <Text color="secondary">
      No training run of the teams that you may see waits. Your own team's runs
      are on the pages of its <Link href="/catalog">components</Link>.
    </Text>
  ) : (
    <ActiveRunList runs={waiting} />
  );
}
