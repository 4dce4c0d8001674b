import type {
  ClusterStore,
  ObjectType,
  StoredObject,
} from '@internal/plugin-ml-platform-node';

export interface ObjectFeedOptions {
  store: ClusterStore;
  cluster: string;
  type: ObjectType;
  onAdd: (object: StoredObject) => void;
  /** Called with the same object that `onAdd` was called with. */
  onRemove: (object: StoredObject) => void;
}

/** Changes seen before the initial list completed. */
interface InitialLoad {
  added: Set<StoredObject>;
  /** Objects removed while the list was read, which it may still contain. */
  removed: Set<StoredObject>;
  list?: Promise<void>;
}

/**
 * Calls `onAdd` and `onRemove` exactly once for every object of one type in one cluster; an update is a removal and an
 * addition. Callers can maintain sums without keeping the objects that went into them.
 */
export class ObjectFeed {
  readonly #options: ObjectFeedOptions;
  /** Undefined once the initial list is complete. */
  #initialLoad: InitialLoad | undefined = {
    added: new Set(),
    removed: new Set(),
  };

  constructor(options: ObjectFeedOptions) {
    this.#options = options;
    const { store, cluster, type } = options;
    store.subscribe(change => {
      if (change.cluster === cluster && change.type === type) {
        this.#onChange(change.previous, change.object);
      }
    });
  }

  /**
   * Waits for the initial list. When the store cannot read the type, the feed has only the changes seen so far, and
   * the next call tries again.
   */
  async load(): Promise<void> {
    const initialLoad = this.#initialLoad;
    if (initialLoad) {
      initialLoad.list ??= this.#list(initialLoad);
      await initialLoad.list;
    }
  }

  async #list(initialLoad: InitialLoad): Promise<void> {
    const { store, cluster, type, onAdd } = this.#options;
    const { items, asOf, problem } = await store.list(cluster, type);
    if (asOf === undefined && problem !== undefined) {
      initialLoad.list = undefined;
      initialLoad.removed.clear();
      return;
    }
    this.#initialLoad = undefined;
    for (const item of items) {
      if (!initialLoad.added.has(item) && !initialLoad.removed.has(item)) {
        onAdd(item);
      }
    }
  }

  #onChange(
    previous: StoredObject | undefined,
    object: StoredObject | undefined,
  ) {
    const { onAdd, onRemove } = this.#options;
    const initialLoad = this.#initialLoad;
    if (previous) {
      if (!initialLoad || initialLoad.added.delete(previous)) {
        onRemove(previous);
      }
      if (initialLoad?.list) {
        initialLoad.removed.add(previous);
      }
    }
    if (object) {
      initialLoad?.added.add(object);
      onAdd(object);
    }
  }
}
