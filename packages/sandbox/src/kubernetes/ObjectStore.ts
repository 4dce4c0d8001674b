import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  type KubernetesObject,
  type Fields,
  timestamp,
} from './KubernetesObject';
import { hasGeneration, resourceTypeOf } from './resourceTypes';

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The plural name of the object's type. */
  plural: string;
  version: number;
  object: KubernetesObject;
  /** The object before the change; absent when it was added. */
  previous?: KubernetesObject;
}

export interface ObjectStoreOptions {
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

/** The cluster's objects, in memory, with one version counter for all of them and a bounded history of changes. */
export class ObjectStore {
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #now: () => number;
  readonly #historyLimit: number;
  #history: StoreEvent[] = [];
  #version: number;
  #oldestVersion: number;

  constructor({
    now = Date.now,
    historyLimit = 5000,
  }: ObjectStoreOptions = {}) {
    this.#now = now;
    this.#historyLimit = historyLimit;
    // Versions grow across restarts, so that a client's version from before one is too old, never in the future.
    this.#version = Math.floor(now() / 1000) * 100;
    this.#oldestVersion = this.#version;
  }

  get version(): number {
    return this.#version;
  }

  get<T extends KubernetesObject>(
    plural: string,
    namespace: string | undefined,
    name: string,
  ): T | undefined {
    return this.#objects.get(plural)?.get(key(namespace, name)) as
      | T
      | undefined;
  }

  /** By namespace and name; `owner` is the uid of the controller. */
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
      .sort(byKey) as T[];
  }

  /** Every object of every type. */
  all(): KubernetesObject[] {
    return [...this.#objects.values()].flatMap(objects => [
      ...objects.values(),
    ]);
  }

  /**
   * The objects of a type as they were at a version.
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
          objects.set(key(namespace, name), event.previous);
        } else {
          objects.delete(key(namespace, name));
        }
      }
    }
    return [...objects.values()].sort(byKey);
  }

  /**
   * What happened to the objects of a type after a version.
   *
   * @throws ExpiredVersionError
   */
  eventsSince(plural: string, version: number): StoreEvent[] {
    this.#requireHistory(version);
    return this.#history.filter(
      event => event.version > version && event.plural === plural,
    );
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

  /** Writes what differs; nothing happens when nothing does. The stored object of the same name must exist. */
  update<T extends KubernetesObject>(object: T): T {
    const { plural } = resourceTypeOf(object);
    const { namespace, name } = object.metadata;
    const current = this.get(plural, namespace, name);
    if (!current) {
      throw new Error(`${plural} "${name}" is not stored`);
    }
    const next = plain({
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
    // The only change to a pod's spec is its node, which is not asked for but found.
    if (
      generation !== undefined &&
      next.kind !== 'Pod' &&
      !isDeepStrictEqual(next.spec, current.spec)
    ) {
      next.metadata.generation = generation + 1;
    }
    return this.#write('MODIFIED', plural, next, current) as T;
  }

  /** Replaces the status of the object as it is stored now. */
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

  /** Calls back for every change, at once. Returns how to stop. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(
    type: StoreEvent['type'],
    plural: string,
    written: KubernetesObject,
    previous?: KubernetesObject,
  ): KubernetesObject {
    this.#version += 1;
    const object = plain(written);
    object.metadata.resourceVersion = String(this.#version);
    const { namespace, name } = object.metadata;
    const objects = this.#objects.get(plural) ?? new Map();
    this.#objects.set(plural, objects);
    if (type === 'DELETED') {
      objects.delete(key(namespace, name));
    } else {
      objects.set(key(namespace, name), object);
    }
    const event = { type, plural, version: this.#version, object, previous };
    this.#history.push(event);
    // Cut in bulk: one at a time would move the whole array at each change.
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

/** The order of the server's lists: by namespace, then name. */
export function key(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function byKey(one: KubernetesObject, other: KubernetesObject): number {
  const [a, b] = [one, other].map(({ metadata }) =>
    key(metadata.namespace, metadata.name),
  );
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A copy without undefined fields, so that objects compare as their JSON would. */
function plain<T extends KubernetesObject>(object: T): T {
  return JSON.parse(JSON.stringify(object)) as T;
}
