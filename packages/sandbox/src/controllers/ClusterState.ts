import { join } from 'node:path';
import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { objectKey, type ObjectStore } from '../kubernetes/ObjectStore';
import { findResourceType } from '../kubernetes/resourceTypes';
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
    // A type may have been served by an earlier version only.
    store.restore(this.#objects.values().filter(findResourceType));
    store.subscribe(({ type, plural, object }) => {
      const { namespace, name, uid } = object.metadata;
      const key = `${plural}/${objectKey(namespace, name)}`;
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
