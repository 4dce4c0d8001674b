import {
  isInQueue,
  parseStoredObjects,
  workloadCondition,
  type ClusterStore,
  type KueueWorkload,
  type LocalQueue,
  type ObjectChange,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../views/IncrementalView';
import type { QueuePosition } from './health/queueReason';

/**
 * Positions in Kueue's queues, by cluster and the uid of Kueue's Workload. Workloads of all namespaces that share a
 * ClusterQueue are ordered by priority, then by age.
 */
export class QueuePositions {
  readonly #view: IncrementalView<Map<string, QueuePosition>>;

  constructor({ store }: { store: ClusterStore }) {
    this.#view = new IncrementalView({
      store,
      types: ['kueueworkloads', 'localqueues'],
      clusterOf: cluster => cluster,
      affectedKeys: ({ cluster, type }: ObjectChange) =>
        type === 'kueueworkloads' || type === 'localqueues' ? [cluster] : [],
      compute: async cluster => {
        const [workloads, queues] = await Promise.all([
          store.list(cluster, 'kueueworkloads'),
          store.list(cluster, 'localqueues'),
        ]);
        return computePositions(
          parseStoredObjects('kueueworkloads', workloads.items),
          parseStoredObjects('localqueues', queues.items),
        );
      },
    });
  }

  get(cluster: string): Promise<Map<string, QueuePosition>> {
    return this.#view.get(cluster);
  }
}

function computePositions(
  workloads: KueueWorkload[],
  queues: LocalQueue[],
): Map<string, QueuePosition> {
  const clusterQueues = new Map(
    queues.map(({ metadata, spec }) => [
      `${metadata.namespace}/${metadata.name}`,
      spec.clusterQueue,
    ]),
  );
  // A LocalQueue whose ClusterQueue is unknown is a queue of its own.
  const byQueue = Map.groupBy(workloads.filter(isInQueue), workload => {
    const localQueue = `${workload.metadata.namespace}/${workload.spec.queueName}`;
    return clusterQueues.get(localQueue) ?? localQueue;
  });
  const positions = new Map<string, QueuePosition>();
  for (const [queue, members] of byQueue) {
    members.sort(byKueueOrder).forEach(({ metadata }, index) =>
      positions.set(metadata.uid ?? '', {
        queue: queue.slice(queue.lastIndexOf('/') + 1),
        position: index + 1,
        length: members.length,
      }),
    );
  }
  return positions;
}

function byKueueOrder(a: KueueWorkload, b: KueueWorkload): number {
  return (
    b.spec.priority - a.spec.priority ||
    queuedSince(a).localeCompare(queuedSince(b)) ||
    a.metadata.name.localeCompare(b.metadata.name)
  );
}

/**
 * Time that Kueue orders a Workload by. An eviction because pods did not become ready in time moves it to the end of
 * the queue; a preempted Workload keeps its position.
 */
function queuedSince(workload: KueueWorkload): string {
  const evicted = workloadCondition(workload, 'Evicted');
  return (
    (evicted?.status === 'True' && evicted.reason === 'PodsReadyTimeout'
      ? evicted.lastTransitionTime
      : undefined) ??
    workload.metadata.creationTimestamp ??
    ''
  );
}
