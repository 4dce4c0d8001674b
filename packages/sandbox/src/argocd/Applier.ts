import { isDeepStrictEqual } from 'node:util';
import { withDefaults } from '../controllers/withDefaults';
import { checkQuota } from '../controllers/resourceQuotas';
import {
  type Draft,
  type Fields,
  isFields,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { objectNotFound } from '../kubernetes/StatusError';
import { validateObject } from './validate';

export type ApplyResult = 'created' | 'configured' | 'unchanged';

/** Applies objects as server-side apply does: what somebody else has set stays, what is no longer asked for goes. */
export class Applier {
  readonly #store: ObjectStore;
  /** What was asked for last, by uid. */
  readonly #applied = new Map<string, Draft>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  live(desired: Draft): KubernetesObject | undefined {
    const { plural } = resourceTypeOf(desired);
    const { namespace, name } = desired.metadata;
    return this.#store.get(plural, namespace, name);
  }

  /** Whether applying would change nothing. */
  isSynced(desired: Draft): boolean {
    const live = this.live(desired);
    return (
      live !== undefined &&
      isDeepStrictEqual(plain(this.#merged(desired, live)), plain(live))
    );
  }

  /** @throws StatusError as the API server refuses. */
  apply(desired: Draft): ApplyResult {
    const live = this.live(desired);
    const { namespace } = desired.metadata;
    if (
      namespace !== undefined &&
      !this.#store.get('namespaces', undefined, namespace)
    ) {
      throw objectNotFound({ group: '', plural: 'namespaces' }, namespace);
    }
    // Before defaults are filled in: they rely on the shape.
    validateObject(desired, undefined);
    const next = live ? this.#merged(desired, live) : withDefaults(desired);
    validateObject(next, live);
    if (!live) {
      checkQuota(this.#store, next);
      const created = this.#store.create(next);
      this.#applied.set(created.metadata.uid, desired);
      return 'created';
    }
    this.#applied.set(live.metadata.uid, desired);
    const updated = this.#store.update(next as KubernetesObject);
    return updated === live ? 'unchanged' : 'configured';
  }

  #merged(desired: Draft, live: KubernetesObject): Draft {
    const previous = this.#applied.get(live.metadata.uid) ?? {};
    const { status, ...wanted } = desired;
    return withDefaults(merge(previous, live, wanted) as Draft);
  }
}

/** Three-way, for maps; a list is replaced as a whole. */
function merge(previous: Fields, live: Fields, desired: Fields): Fields {
  const result: Fields = {};
  for (const [name, value] of Object.entries(live)) {
    if (name in desired || !(name in previous)) {
      result[name] = value;
    }
  }
  for (const [name, value] of Object.entries(desired)) {
    const [before, now] = [previous[name], live[name]];
    result[name] =
      isFields(value) && isFields(now)
        ? merge(isFields(before) ? before : {}, now, value)
        : value;
  }
  return result;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
