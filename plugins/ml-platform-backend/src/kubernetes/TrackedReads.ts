import type {
  Freshness,
  UpstreamProblem,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import { parseObjects } from './metadata';
import type { z } from 'zod';

/** Reads for one answer, which says how old the oldest of them is and what could not be read. */
export class TrackedReads {
  static create(store: ClusterStore): TrackedReads {
    return new TrackedReads(store);
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
    filter?: { namespace?: string; labels?: Record<string, string> },
  ): Promise<T[]> {
    const { items, asOf, problem } = await this.#store.list(
      cluster,
      type,
      filter,
    );
    if (asOf) {
      this.#asOf.push(asOf);
    }
    if (problem) {
      this.#problems.set(problem.message, problem);
    }
    return parseObjects(schema, items);
  }

  freshness(): Freshness {
    return {
      asOf: [...this.#asOf].sort()[0],
      stale: this.#problems.size > 0,
      problems: [...this.#problems.values()],
    };
  }
}
