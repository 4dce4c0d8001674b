import type {
  ClusterStore,
  ObjectChange,
  ObjectType,
} from '@internal/plugin-ml-platform-node';

/** Keys come from what people ask for, so there has to be an end to them. */
const MAX_VALUES = 10_000;

/**
 * Values made of what the store holds, one for each key: made when first asked for, and again only after something
 * changed that their key depends on.
 */
export class IncrementalView<T> {
  static create<T>(options: {
    store: ClusterStore;
    /** The keys whose values a change may alter. */
    keysOf: (change: ObjectChange) => Iterable<string>;
    /** Must read everything from the store, and of these types. */
    make: (key: string) => Promise<T>;
    types: readonly ObjectType[];
    /** The cluster that a key's value is made of. Absent: all of them. */
    clusterOf?: (key: string) => string;
  }): IncrementalView<T> {
    return new IncrementalView(options);
  }

  readonly #make: (key: string) => Promise<T>;
  readonly #isRead: (key: string) => boolean;
  readonly #values = new Map<string, Promise<T>>();

  private constructor(
    options: Parameters<typeof IncrementalView.create<T>>[0],
  ) {
    const { store, keysOf, make, types, clusterOf } = options;
    this.#make = make;
    this.#isRead = key =>
      (clusterOf ? [clusterOf(key)] : store.clusters()).every(cluster =>
        types.every(type => store.freshness(cluster, type).asOf !== undefined),
      );
    store.subscribe(change => {
      for (const key of keysOf(change)) {
        this.#values.delete(key);
      }
    });
  }

  get(key: string): Promise<T> {
    const known = this.#values.get(key);
    if (known) {
      return known;
    }
    if (!this.#isRead(key)) {
      // Nothing tells when a type has been read for the first time, and what is made before lacks it.
      return this.#make(key);
    }
    // A change from here on removes the promise, so that the next reader does not get what this one may have missed.
    const value = this.#make(key);
    this.#values.set(key, value);
    value.catch(() => {
      if (this.#values.get(key) === value) {
        this.#values.delete(key);
      }
    });
    const [oldest] = this.#values.keys();
    if (this.#values.size > MAX_VALUES) {
      this.#values.delete(oldest);
    }
    return value;
  }
}
