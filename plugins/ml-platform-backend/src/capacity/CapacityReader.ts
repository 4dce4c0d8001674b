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

interface FollowedSums {
  sums: ClusterSums;
  feeds: ObjectFeed[];
}

/** What the clusters' nodes have and have free, kept up to date from now on. */
export class CapacityReader {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
  }): CapacityReader {
    return new CapacityReader(options.store, options.config);
  }

  readonly #store: ClusterStore;
  readonly #clusters: ReadonlyMap<string, FollowedSums>;

  private constructor(store: ClusterStore, config: MlPlatformConfig) {
    this.#store = store;
    this.#clusters = new Map(
      store
        .clusters()
        .map(cluster => [cluster, followSums(store, cluster, config)]),
    );
  }

  /** @throws InputError naming the clusters, for one that there is not. */
  async read({ cluster }: { cluster?: string }): Promise<Capacity> {
    const names = [...this.#clusters.keys()];
    if (cluster !== undefined && !this.#clusters.has(cluster)) {
      throw new InputError(
        `There is no cluster "${cluster}". Choose one of: ${names.join(', ')}`,
      );
    }
    const wanted = cluster === undefined ? names : [cluster];
    const reads = new FreshnessTracker({ store: this.#store });
    const clusters = await Promise.all(
      wanted.map(async name => {
        const sums = await this.#loaded(name);
        reads.track(name, 'nodes', 'pods');
        return summariseCluster(name, sums);
      }),
    );
    return { clusters, freshness: reads.freshness() };
  }

  /** Node facts of one cluster, by the node's name; of an unknown node or cluster there are none. */
  async nodes(
    cluster: string,
  ): Promise<(name: string) => NodeFacts | undefined> {
    if (!this.#clusters.has(cluster)) {
      return () => undefined;
    }
    const sums = await this.#loaded(cluster);
    return name => sums.node(name);
  }

  async #loaded(cluster: string): Promise<ClusterSums> {
    const { sums, feeds } = this.#clusters.get(cluster)!;
    await Promise.all(feeds.map(feed => feed.load()));
    return sums;
  }
}

function followSums(
  store: ClusterStore,
  cluster: string,
  config: MlPlatformConfig,
): FollowedSums {
  const sums = ClusterSums.create({ poolLabels: config.nodePoolLabels });
  return {
    sums,
    feeds: [
      ObjectFeed.create({
        store,
        cluster,
        type: 'nodes',
        onAdd: node => sums.addNode(node),
        onRemove: node => sums.removeNode(node),
      }),
      ObjectFeed.create({
        store,
        cluster,
        type: 'pods',
        onAdd: pod => sums.addPod(pod),
        onRemove: pod => sums.removePod(pod),
      }),
    ],
  };
}
