import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  type KubernetesObject,
  type Fields,
  jsonCopy,
  timestamp,
} from './KubernetesObject';
import { resourceTypeOf } from './resourceTypes';
import { hasGeneration } from './ResourceType';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural name of the resource type. */
  plural: string;
  version: number;
  object: KubernetesObject;
  /** The object before the change; undefined for `ADDED`. */
  previous?: KubernetesObject;
}

interface ObjectStoreOptions {
  /** The current time in milliseconds. */
  now?: () => number;
  /** Number of changes to keep for watches and paged lists. */
  historyLimit?: number;
}

/** Thrown for a resource version that is older than the kept history. */
export class ExpiredVersionError extends Error {
  name = 'ExpiredVersionError';

  constructor(readonly version: number, readonly oldest: number) {
    super(`too old resource version: ${version} (${oldest})`);
  }
}

/** In-memory store of the cluster's objects, with one resource version counter and a bounded history of changes. */
export class ObjectStore {
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #now: () => number;
  readonly #historyLimit: number;
  #history: StoreEvent[] = [];
  #version: number;
  #oldestVersion: number;
  readonly #firstVersion: number;

  constructor({
    now = Date.now,
    historyLimit = 5000,
  }: ObjectStoreOptions = {}) {
    this.#now = now;
    this.#historyLimit = historyLimit;
    // Start from the clock: after a restart, a client's earlier resource version must be expired, not in the future.
    this.#version = Math.floor(now() / 1000) * 100;
    this.#oldestVersion = this.#version;
    this.#firstVersion = this.#version;
  }

  /** The version that the store started with, which differs between processes. */
  get firstVersion(): number {
    return this.#firstVersion;
  }

  /** The resource version of the latest change. */
  get version(): number {
    return this.#version;
  }

  get<T extends KubernetesObject>(
    plural: string,
    namespace: string | undefined,
    name: string,
  ): T | undefined {
    return this.#objects.get(plural)?.get(objectKey(namespace, name)) as
      | T
      | undefined;
  }

  /** Lists objects ordered by namespace and name. `owner` is the uid of an owner reference. */
  list<T extends KubernetesObject>(
    plural: string,
    filter: { namespace?: string; owner?: string } = {},
  ): T[] {
    const all = [...(this.#objects.get(plural)?.values() ?? [])];
    return all
      .filter(({ metadata }) => {
        const { namespace, owner } = filter;
        return (
          (namespace === undefined || metadata.namespace === namespace) &&
          (owner === undefined ||
            metadata.ownerReferences?.some(({ uid }) => uid === owner))
        );
      })
      .sort(compareKeys) as T[];
  }

  /** Lists all objects of all types. */
  all(): KubernetesObject[] {
    return [...this.#objects.values()].flatMap(objects => [
      ...objects.values(),
    ]);
  }

  /**
   * Lists the objects of a type as of a resource version.
   *
   * @throws ExpiredVersionError
   */
  listAt(plural: string, version: number): KubernetesObject[] {
    this.#requireHistory(version);
    const objects = new Map(this.#objects.get(plural));
    for (let index = this.#history.length - 1; index >= 0; index--) {
      const event = this.#history[index];
      if (event.version <= version) {
        break;
      }
      if (event.plural === plural) {
        const { namespace, name } = event.object.metadata;
        if (event.previous) {
          objects.set(objectKey(namespace, name), event.previous);
        } else {
          objects.delete(objectKey(namespace, name));
        }
      }
    }
    return [...objects.values()].sort(compareKeys);
  }

  /**
   * Lists the changes to objects of a type after a resource version.
   *
   * @throws ExpiredVersionError
   */
  eventsSince(plural: string, version: number): StoreEvent[] {
    this.#requireHistory(version);
    return this.#history.filter(
      event => event.version > version && event.plural === plural,
    );
  }

  /**
   * Puts objects of an earlier process into the store, with their identity. An object that exists already keeps all but
   * its uid and age. Watches cannot start before.
   */
  restore(saved: KubernetesObject[]): void {
    for (const object of saved) {
      const { plural } = resourceTypeOf(object);
      const { namespace, name, uid, creationTimestamp, resourceVersion } =
        object.metadata;
      const key = objectKey(namespace, name);
      const objects = this.#objects.get(plural) ?? new Map();
      const existing = objects.get(key);
      const identity = { uid, creationTimestamp };
      objects.set(
        key,
        existing
          ? { ...existing, metadata: { ...existing.metadata, ...identity } }
          : object,
      );
      this.#objects.set(plural, objects);
      this.#version = Math.max(this.#version, Number(resourceVersion));
    }
    this.#history = [];
    this.#oldestVersion = this.#version;
  }

  create<T extends KubernetesObject>(draft: Draft): T {
    const type = resourceTypeOf(draft);
    const object: KubernetesObject = {
      ...draft,
      metadata: {
        ...draft.metadata,
        uid: draft.metadata.uid ?? randomUUID(),
        creationTimestamp:
          draft.metadata.creationTimestamp ?? timestamp(this.#now()),
        ...(hasGeneration(type) && { generation: 1 }),
        resourceVersion: '',
      },
    };
    return this.#write('ADDED', type.plural, object) as T;
  }

  /** Replaces a stored object; does nothing when it is equal. @throws Error when it is not stored. */
  update<T extends KubernetesObject>(object: T): T {
    const { plural } = resourceTypeOf(object);
    const { namespace, name } = object.metadata;
    const current = this.get(plural, namespace, name);
    if (!current) {
      throw new Error(`${plural} "${name}" is not stored`);
    }
    const next: KubernetesObject = jsonCopy({
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: current.metadata.resourceVersion,
        generation: current.metadata.generation,
      },
    });
    if (isDeepStrictEqual(next, current)) {
      return current as T;
    }
    const { generation } = current.metadata;
    // A pod's spec changes only by binding it to a node, which does not increase the generation.
    if (
      generation !== undefined &&
      next.kind !== 'Pod' &&
      !isDeepStrictEqual(next.spec, current.spec)
    ) {
      next.metadata.generation = generation + 1;
    }
    return this.#write('MODIFIED', plural, next, current) as T;
  }

  /** Replaces the status of the stored object, if it still exists. */
  setStatus(object: KubernetesObject, status: Fields): void {
    const { plural } = resourceTypeOf(object);
    const { namespace, name } = object.metadata;
    const current = this.get(plural, namespace, name);
    if (current) {
      this.update({ ...current, status });
    }
  }

  delete(object: KubernetesObject): void {
    const { plural } = resourceTypeOf(object);
    const { namespace, name } = object.metadata;
    const current = this.get(plural, namespace, name);
    if (current) {
      this.#write('DELETED', plural, current, current);
    }
  }

  /** Calls the listener synchronously for every change. @returns a function that unsubscribes. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(
    type: StoreEvent['type'],
    plural: string,
    draft: KubernetesObject,
    previous?: KubernetesObject,
  ): KubernetesObject {
    this.#version += 1;
    const object = jsonCopy(draft);
    object.metadata.resourceVersion = String(this.#version);
    const { namespace, name } = object.metadata;
    const objects = this.#objects.get(plural) ?? new Map();
    this.#objects.set(plural, objects);
    if (type === 'DELETED') {
      objects.delete(objectKey(namespace, name));
    } else {
      objects.set(objectKey(namespace, name), object);
    }
    const event = { type, plural, version: this.#version, object, previous };
    this.#history.push(event);
    // Trim in bulk: trimming one event per change would copy the array each time.
    if (this.#history.length > this.#historyLimit * 1.2) {
      const kept = this.#history.slice(-this.#historyLimit);
      this.#oldestVersion = kept[0].version - 1;
      this.#history = kept;
    }
    this.#listeners.forEach(listener => listener(event));
    return object;
  }

  #requireHistory(version: number): void {
    if (version < this.#oldestVersion) {
      throw new ExpiredVersionError(version, this.#oldestVersion);
    }
  }
}

/** Sort key of the API server's lists: namespace, then name. */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function compareKeys(one: KubernetesObject, other: KubernetesObject): number {
  const [a, b] = [one, other].map(({ metadata }) =>
    objectKey(metadata.namespace, metadata.name),
  );
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
