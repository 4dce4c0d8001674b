import type {
  Freshness,
  UpstreamProblem,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  ObjectFilter,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import { parseObjects } from './metadata';
import type { z } from 'zod';

/** Reads for one answer, which says how old the oldest of them is and what could not be read. */
export class FreshnessTracker {
  static create(store: ClusterStore): FreshnessTracker {
    return new FreshnessTracker(store);
  }

  readonly #store: ClusterStore;
  readonly #asOf: string[] = [];
  readonly #problems = new Map<string, UpstreamProblem>();

  private constructor(store: ClusterStore) {
    this.#store = store;
  }

  async list<T>(
    schema: z.ZodType<T>,
    cluster: string,
    type: ObjectType,
    filter?: ObjectFilter,
  ): Promise<T[]> {
    const listing = await this.#store.list(cluster, type, filter);
    this.#track(listing);
    return parseObjects(schema, listing.items);
  }

  /** For what an answer takes from a view instead of a list. */
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
