import { join } from 'node:path';
import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { objectKey, type ObjectStore } from '../kubernetes/ObjectStore';
import { findResourceType, resourceTypeOf } from '../kubernetes/resourceTypes';
import { SavedState } from '../SavedState';

/** The objects of a cluster in a directory, so that they have the same identity, age, pods and events after a restart. */
export class ClusterState {
  /** Last applied configurations by uid. */
  readonly applied: SavedState<Draft>;
  readonly #objects: SavedState<KubernetesObject>;

  static async open(directory: string): Promise<ClusterState> {
    return new ClusterState(
      await SavedState.open(join(directory, 'objects.json')),
      await SavedState.open(join(directory, 'applied.json')),
    );
  }

  private constructor(
    objects: SavedState<KubernetesObject>,
    applied: SavedState<Draft>,
  ) {
    this.#objects = objects;
    this.applied = applied;
  }

  /** Restores the objects of an earlier process, and saves all changes from now on. */
  attach(store: ObjectStore): void {
    // A type may have been served, and a node defined, by an earlier version only.
    const isCurrent = (object: KubernetesObject) =>
      findResourceType(object) !== undefined &&
      (object.kind !== 'Node' ||
        store.get('nodes', undefined, object.metadata.name) !== undefined);
    store.restore(this.#objects.values().filter(isCurrent));
    // Objects of a new cluster may never change, but keep their identity as well.
    for (const object of store.all()) {
      const { plural } = resourceTypeOf(object);
      this.#objects.set(keyOf(plural, object), object);
    }
    store.subscribe(({ type, plural, object }) => {
      const { uid } = object.metadata;
      const key = keyOf(plural, object);
      if (type === 'DELETED') {
        this.#objects.delete(key);
        this.applied.delete(uid);
      } else {
        this.#objects.set(key, object);
      }
    });
  }

  /** Writes pending changes. */
  async close(): Promise<void> {
    await Promise.all([this.#objects.close(), this.applied.close()]);
  }
}

function keyOf(plural: string, { metadata }: KubernetesObject): string {
  return `${plural}/${objectKey(metadata.namespace, metadata.name)}`;
}
