import type {
  Freshness,
  UpstreamProblem,
} from '@internal/plugin-ml-platform-common';
import {
  parseStoredObjects,
  type ClusterStore,
  type ObjectFilter,
  type ObjectType,
  type ParsedObject,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';

/** Reads for one response, and reports the age of the oldest of them and what could not be read. */
export class FreshnessTracker {
  readonly #store: ClusterStore;
  readonly #asOf: string[] = [];
  readonly #problems = new Map<string, UpstreamProblem>();

  constructor({ store }: { store: ClusterStore }) {
    this.#store = store;
  }

  async list<T extends ObjectType>(
    cluster: string,
    type: T,
    filter?: ObjectFilter,
  ): Promise<Array<ParsedObject<T>>> {
    return parseStoredObjects(
      type,
      await this.listStored(cluster, type, filter),
    );
  }

  async listStored(
    cluster: string,
    type: ObjectType,
    filter?: ObjectFilter,
  ): Promise<StoredObject[]> {
    const listing = await this.#store.list(cluster, type, filter);
    this.#track(listing);
    return listing.items;
  }

  /** Adds the freshness of types that the response takes from a view instead of a list. */
  track(cluster: string, ...types: ObjectType[]): void {
    for (const type of types) {
      this.#track(this.#store.freshness(cluster, type));
    }
  }

  #track({ asOf, problem }: { asOf?: string; problem?: UpstreamProblem }) {
    if (asOf) {
      this.#asOf.push(asOf);
    }
    if (problem) {
      this.#problems.set(problem.message, problem);
    }
  }

  freshness(): Freshness {
    return {
      asOf: [...this.#asOf].sort()[0],
      stale: this.#problems.size > 0,
      problems: [...this.#problems.values()],
    };
  }
}
