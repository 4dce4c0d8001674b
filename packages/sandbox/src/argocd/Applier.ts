import { isDeepStrictEqual } from 'node:util';
import { withDefaults } from '../controllers/withDefaults';
import { checkQuota } from '../controllers/resourceQuotas';
import {
  type Draft,
  type Fields,
  isFields,
  jsonCopy,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { objectNotFound } from '../kubernetes/StatusError';
import { validateChange, validateObject } from './validate';

type ApplyResult = 'created' | 'configured' | 'unchanged';

/** Last applied configurations by uid. */
export interface AppliedConfigurations {
  get(uid: string): Draft | undefined;
  set(uid: string, draft: Draft): unknown;
}

/** Applies objects like server-side apply: fields of others stay, own fields that are no longer set are removed. */
export class Applier {
  readonly #store: ObjectStore;
  readonly #applied: AppliedConfigurations;

  constructor(
    store: ObjectStore,
    applied: AppliedConfigurations = new Map<string, Draft>(),
  ) {
    this.#store = store;
    this.#applied = applied;
  }

  /** Returns the live object of a desired one. */
  getLive(desired: Draft): KubernetesObject | undefined {
    const { plural } = resourceTypeOf(desired);
    const { namespace, name } = desired.metadata;
    return this.#store.get(plural, namespace, name);
  }

  /** Returns true if applying would not change the live object. */
  isSynced(desired: Draft): boolean {
    const live = this.getLive(desired);
    return (
      live !== undefined &&
      isDeepStrictEqual(jsonCopy(this.#merge(desired, live)), jsonCopy(live))
    );
  }

  /** Creates or updates an object. @throws StatusError when the API server would reject it. */
  apply(desired: Draft): ApplyResult {
    const live = this.getLive(desired);
    const { namespace } = desired.metadata;
    if (
      namespace !== undefined &&
      !this.#store.get('namespaces', undefined, namespace)
    ) {
      throw objectNotFound({ group: '', plural: 'namespaces' }, namespace);
    }
    // Validate before adding defaults, which rely on a valid structure.
    validateObject(desired, live && this.#applied.get(live.metadata.uid));
    const next = live ? this.#merge(desired, live) : withDefaults(desired);
    if (live) {
      validateChange(live, next);
    } else {
      checkQuota(this.#store, next);
      const created = this.#store.create(next);
      this.#applied.set(created.metadata.uid, desired);
      return 'created';
    }
    this.#applied.set(live.metadata.uid, desired);
    const updated = this.#store.update(next as KubernetesObject);
    return updated === live ? 'unchanged' : 'configured';
  }

  #merge(desired: Draft, live: KubernetesObject): Draft {
    const previous = this.#applied.get(live.metadata.uid) ?? {};
    const { status, ...configuration } = desired;
    return withDefaults(threeWayMerge(previous, live, configuration) as Draft);
  }
}

/** Merges maps recursively; lists are replaced as a whole. */
function threeWayMerge(
  previous: Fields,
  live: Fields,
  desired: Fields,
): Fields {
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
        ? threeWayMerge(isFields(before) ? before : {}, now, value)
        : value;
  }
  return result;
}
