import { InputError } from '@backstage/errors';
import type { Capacity } from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  NodeFacts,
} from '@internal/plugin-ml-platform-node';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { ObjectFeed } from '../views/ObjectFeed';
import { ClusterSums } from './ClusterSums';
import { summariseCluster } from './summariseCluster';

/** Sums of a cluster, with the feeds that keep them up to date. */
interface FedClusterSums {
  sums: ClusterSums;
  feeds: ObjectFeed[];
}

export interface CapacityReaderOptions {
  store: ClusterStore;
  config: MlPlatformConfig;
}

/** Reads total and free capacity of the clusters' nodes, from sums that follow every change of a node or pod. */
export class CapacityReader {
  readonly #store: ClusterStore;
  readonly #clusters: ReadonlyMap<string, FedClusterSums>;

  constructor({ store, config }: CapacityReaderOptions) {
    this.#store = store;
    this.#clusters = new Map(
      store
        .clusters()
        .map(cluster => [cluster, createFedSums(store, cluster, config)]),
    );
  }

  /** @throws InputError that lists the clusters, for an unknown one. */
  async read({ cluster }: { cluster?: string }): Promise<Capacity> {
    const names = [...this.#clusters.keys()];
    if (cluster !== undefined && !this.#clusters.has(cluster)) {
      throw new InputError(
        `There is no cluster "${cluster}". Choose one of: ${names.join(', ')}`,
      );
    }
    const selected = cluster === undefined ? names : [cluster];
    const reads = new FreshnessTracker({ store: this.#store });
    const clusters = await Promise.all(
      selected.map(async name => {
        const sums = await this.#load(name);
        reads.track(name, 'nodes', 'pods');
        return summariseCluster(name, sums);
      }),
    );
    return { clusters, freshness: reads.freshness() };
  }

  /** Returns a lookup of a cluster's nodes by name. It finds nothing in an unknown cluster. */
  async nodes(
    cluster: string,
  ): Promise<(name: string) => NodeFacts | undefined> {
    if (!this.#clusters.has(cluster)) {
      return () => undefined;
    }
    const sums = await this.#load(cluster);
    return name => sums.node(name);
  }

  async #load(cluster: string): Promise<ClusterSums> {
    const { sums, feeds } = this.#clusters.get(cluster)!;
    await Promise.all(feeds.map(feed => feed.load()));
    return sums;
  }
}

function createFedSums(
  store: ClusterStore,
  cluster: string,
  config: MlPlatformConfig,
): FedClusterSums {
  const sums = new ClusterSums({ poolLabels: config.nodePoolLabels });
  return {
    sums,
    feeds: [
      new ObjectFeed({
        store,
        cluster,
        type: 'nodes',
        onAdd: node => sums.addNode(node),
        onRemove: node => sums.removeNode(node),
      }),
      new ObjectFeed({
        store,
        cluster,
        type: 'pods',
        onAdd: pod => sums.addPod(pod),
        onRemove: pod => sums.removePod(pod),
      }),
    ],
  };
}
