import type {
  ClusterStore,
  ObjectChange,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import { LRUCache } from 'lru-cache';

/** Bounded: keys come from user input. */
const MAX_CACHED_VALUES = 10_000;

interface IncrementalViewOptions<T> {
  store: ClusterStore;
  /** Types of the objects that `compute` reads. */
  types: readonly ObjectType[];
  /** Returns the keys whose values a change may alter; `cached` are those that have one. */
  affectedKeys: (
    change: ObjectChange,
    cached: Iterable<string>,
  ) => Iterable<string>;
  /** Computes the value of a key from objects in the store, and from nothing else. */
  compute: (key: string) => Promise<T>;
  /** Returns the cluster whose objects a key's value is computed from. Default: all clusters. */
  clusterOf?: (key: string) => string;
}

/**
 * Cache of values that are computed from objects in the store, one per key. A value is computed when it is first read,
 * and again when it is read after a change that affects its key.
 */
export class IncrementalView<T> {
  readonly #options: IncrementalViewOptions<T>;
  readonly #values = new LRUCache<string, Promise<T>>({
    max: MAX_CACHED_VALUES,
  });

  constructor(options: IncrementalViewOptions<T>) {
    this.#options = options;
    options.store.subscribe(change => {
      for (const key of options.affectedKeys(change, this.#values.keys())) {
        this.#values.delete(key);
      }
    });
  }

  get(key: string): Promise<T> {
    const { compute } = this.#options;
    const cached = this.#values.get(key);
    if (cached) {
      return cached;
    }
    if (!this.#isListed(key)) {
      // Not cached: the store announces no change when the initial list of a type completes.
      return compute(key);
    }
    // Cached before it has settled, so that a change during the computation removes it.
    const value = compute(key);
    this.#values.set(key, value);
    value.catch(() => {
      if (this.#values.peek(key) === value) {
        this.#values.delete(key);
      }
    });
    return value;
  }

  /** Returns true once the initial lists of all types are complete. */
  #isListed(key: string): boolean {
    const { store, types, clusterOf } = this.#options;
    const clusters = clusterOf ? [clusterOf(key)] : store.clusters();
    return clusters.every(cluster =>
      types.every(type => store.freshness(cluster, type).asOf !== undefined),
    );
  }
}
