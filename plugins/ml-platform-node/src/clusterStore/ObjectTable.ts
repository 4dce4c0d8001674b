import type { StoredObject } from '../kinds/StoredObject';

/** Indexes of a type by name: each function gives the values that an object is found by. */
export type Indexes = Record<string, (object: StoredObject) => string[]>;

export interface TableChange {
  /** Absent when the object was deleted. */
  object?: StoredObject;
  /** Absent when the object was added. */
  previous?: StoredObject;
}

type ByName = Map<string, StoredObject>;

export interface ObjectTableOptions {
  indexes: Indexes;
  onChange: (change: TableChange) => void;
}

/** The objects of one type in one cluster. */
export class ObjectTable {
  readonly #onChange: (change: TableChange) => void;
  readonly #byNamespace = new Map<string, ByName>();
  readonly #indexes: Array<{
    name: string;
    valuesOf: (object: StoredObject) => string[];
    objects: Map<string, Set<StoredObject>>;
  }>;
  #size = 0;

  constructor({ indexes, onChange }: ObjectTableOptions) {
    this.#onChange = onChange;
    this.#indexes = Object.entries(indexes).map(([name, valuesOf]) => ({
      name,
      valuesOf,
      objects: new Map(),
    }));
  }

  get size(): number {
    return this.#size;
  }

  /** Cluster-scoped objects are in the namespace ''. */
  get(namespace: string, name: string): StoredObject | undefined {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  all(): StoredObject[] {
    return [...this.#byNamespace.values()].flatMap(byName => [
      ...byName.values(),
    ]);
  }

  inNamespace(namespace: string): StoredObject[] {
    return [...(this.#byNamespace.get(namespace)?.values() ?? [])];
  }

  /** @returns undefined when the type does not have the index. */
  byIndex(name: string, value: string): StoredObject[] | undefined {
    const index = this.#indexes.find(each => each.name === name);
    return index && [...(index.objects.get(value) ?? [])];
  }

  /** True when `byIndex` would return the object. */
  has(name: string, value: string, object: StoredObject): boolean {
    const index = this.#indexes.find(each => each.name === name);
    return index?.objects.get(value)?.has(object) ?? false;
  }

  /** Adds or replaces an object. Does nothing when the table has this version of it. */
  put(object: StoredObject): void {
    const { namespace = '', name, resourceVersion } = object.metadata;
    let byName = this.#byNamespace.get(namespace);
    const previous = byName?.get(name);
    if (
      previous &&
      resourceVersion !== undefined &&
      previous.metadata.resourceVersion === resourceVersion
    ) {
      return;
    }
    if (!byName) {
      byName = new Map();
      this.#byNamespace.set(namespace, byName);
    }
    byName.set(name, object);
    if (previous) {
      this.#unindex(previous);
    } else {
      this.#size += 1;
    }
    this.#index(object);
    this.#onChange({ object, previous });
  }

  delete(namespace: string, name: string): void {
    const byName = this.#byNamespace.get(namespace);
    const previous = byName?.get(name);
    if (!byName || !previous) {
      return;
    }
    byName.delete(name);
    if (byName.size === 0) {
      this.#byNamespace.delete(namespace);
    }
    this.#size -= 1;
    this.#unindex(previous);
    this.#onChange({ previous });
  }

  clear(): void {
    for (const { metadata } of this.all()) {
      this.delete(metadata.namespace ?? '', metadata.name);
    }
  }

  #index(object: StoredObject) {
    for (const { valuesOf, objects } of this.#indexes) {
      for (const value of valuesOf(object)) {
        const found = objects.get(value);
        if (found) {
          found.add(object);
        } else {
          objects.set(value, new Set([object]));
        }
      }
    }
  }

  #unindex(object: StoredObject) {
    for (const { valuesOf, objects } of this.#indexes) {
      for (const value of valuesOf(object)) {
        const found = objects.get(value);
        found?.delete(object);
        if (found?.size === 0) {
          objects.delete(value);
        }
      }
    }
  }
}
