import {
  isInQueue,
  parseStoredObjects,
  workloadCondition,
  type ClusterStore,
  type KueueWorkload,
  type LocalQueue,
  type ObjectChange,
} from '@internal/plugin-ml-platform-node';
import type { QueuePosition } from './health/queueReason';
import { groupBy } from '../views/groupBy';
import { IncrementalView } from '../views/IncrementalView';

/**
 * Where things stand in Kueue's queues, by cluster and the uid of Kueue's Workload: behind those of higher priority,
 * then behind those that came earlier, over all namespaces that share a ClusterQueue.
 */
export class QueuePositions {
  static create(options: { store: ClusterStore }): QueuePositions {
    return new QueuePositions(options.store);
  }

  readonly #view: IncrementalView<Map<string, QueuePosition>>;

  private constructor(store: ClusterStore) {
    this.#view = IncrementalView.create({
      store,
      types: ['kueueworkloads', 'localqueues'],
      clusterOf: cluster => cluster,
      keysOf: ({ cluster, type }: ObjectChange) =>
        type === 'kueueworkloads' || type === 'localqueues' ? [cluster] : [],
      make: async cluster => {
        const [workloads, queues] = await Promise.all([
          store.list(cluster, 'kueueworkloads'),
          store.list(cluster, 'localqueues'),
        ]);
        return positions(
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

function positions(
  workloads: KueueWorkload[],
  queues: LocalQueue[],
): Map<string, QueuePosition> {
  const clusterQueues = new Map(
    queues.map(({ metadata, spec }) => [
      `${metadata.namespace}/${metadata.name}`,
      spec.clusterQueue,
    ]),
  );
  const byQueue = groupBy(workloads.filter(isInQueue), workload => {
    const local = `${workload.metadata.namespace}/${workload.spec.queueName}`;
    const clusterQueue = clusterQueues.get(local);
    return clusterQueue === undefined ? local : ` ${clusterQueue}`;
  });
  const found = new Map<string, QueuePosition>();
  for (const [queue, members] of byQueue) {
    members.sort(inKueuesOrder).forEach(({ metadata }, index) =>
      found.set(metadata.uid ?? '', {
        queue: queue.slice(queue.lastIndexOf('/') + 1).trim(),
        position: index + 1,
        length: members.length,
      }),
    );
  }
  return found;
}

function inKueuesOrder(a: KueueWorkload, b: KueueWorkload): number {
  return (
    b.spec.priority - a.spec.priority ||
    queuedSince(a).localeCompare(queuedSince(b)) ||
    a.metadata.name.localeCompare(b.metadata.name)
  );
}

/** One whose pods did not become ready in time goes to the end; one that was preempted keeps its place. */
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
