import type {
  ClusterStore,
  ObjectType,
  StoredObject,
} from '@internal/plugin-ml-platform-node';

/** What has been told while the objects that were there before have not. */
interface Loading {
  added: Set<StoredObject>;
  /** Since the list that is being read was asked for: it may have them. */
  gone: Set<StoredObject>;
  list?: Promise<void>;
}

/**
 * Tells of each object of one type in one cluster: once that it is there, and once, with the very object, that it no
 * longer is; a change is both. So sums can be kept without keeping what went into them.
 */
export class ObjectFeed {
  static create(options: {
    store: ClusterStore;
    cluster: string;
    type: ObjectType;
    onAdd: (object: StoredObject) => void;
    onRemove: (object: StoredObject) => void;
  }): ObjectFeed {
    return new ObjectFeed(options);
  }

  readonly #options: Parameters<typeof ObjectFeed.create>[0];
  /** Undefined once everything that was there has been told. */
  #loading: Loading | undefined = { added: new Set(), gone: new Set() };

  private constructor(options: Parameters<typeof ObjectFeed.create>[0]) {
    this.#options = options;
    const { store, cluster, type } = options;
    store.subscribe(change => {
      if (change.cluster === cluster && change.type === type) {
        this.#change(change.previous, change.object);
      }
    });
  }

  /**
   * Waits a moment for a type that was never read. While it cannot be read, what has come of it so far is told, and the
   * next call tries again.
   */
  async load(): Promise<void> {
    const loading = this.#loading;
    if (loading) {
      loading.list ??= this.#load(loading);
      await loading.list;
    }
  }

  async #load(loading: Loading): Promise<void> {
    const { store, cluster, type, onAdd } = this.#options;
    const { items, asOf, problem } = await store.list(cluster, type);
    if (asOf === undefined && problem !== undefined) {
      loading.list = undefined;
      loading.gone.clear();
      return;
    }
    this.#loading = undefined;
    for (const item of items) {
      if (!loading.added.has(item) && !loading.gone.has(item)) {
        onAdd(item);
      }
    }
  }

  #change(
    previous: StoredObject | undefined,
    object: StoredObject | undefined,
  ) {
    const { onAdd, onRemove } = this.#options;
    const loading = this.#loading;
    if (previous) {
      if (!loading || loading.added.delete(previous)) {
        onRemove(previous);
      }
      if (loading?.list) {
        loading.gone.add(previous);
      }
    }
    if (object) {
      loading?.added.add(object);
      onAdd(object);
    }
  }
}
