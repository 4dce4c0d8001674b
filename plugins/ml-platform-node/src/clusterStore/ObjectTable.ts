import type { StoredObject } from '../kinds/StoredObject';

/** By what else, besides namespace and name, objects of a type are found. */
export type Indexes = Record<string, (object: StoredObject) => string[]>;

export interface TableChange {
  /** Absent when the object is gone. */
  object?: StoredObject;
  /** Absent when the object is new. */
  previous?: StoredObject;
}

type ByName = Map<string, StoredObject>;

/** The objects of one type in one cluster. */
export class ObjectTable {
  static create(options: {
    indexes: Indexes;
    onChange: (change: TableChange) => void;
  }): ObjectTable {
    return new ObjectTable(options.indexes, options.onChange);
  }

  readonly #onChange: (change: TableChange) => void;
  readonly #byNamespace = new Map<string, ByName>();
  readonly #indexes: Array<{
    name: string;
    valuesOf: (object: StoredObject) => string[];
    objects: Map<string, Set<StoredObject>>;
  }>;
  #size = 0;

  private constructor(
    indexes: Indexes,
    onChange: (change: TableChange) => void,
  ) {
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

  /** @returns undefined when this type has no such index. */
  byIndex(name: string, value: string): StoredObject[] | undefined {
    const index = this.#indexes.find(each => each.name === name);
    return index && [...(index.objects.get(value) ?? [])];
  }

  /** Whether the object is among those of `byIndex`. */
  has(name: string, value: string, object: StoredObject): boolean {
    const index = this.#indexes.find(each => each.name === name);
    return index?.objects.get(value)?.has(object) ?? false;
  }

  /** An object that is known in this very version is left as it is. */
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
