import type { FindingsIndex } from './FindingsIndex';
import {
  groupVulnerabilities,
  type FirstSeen,
  type Groups,
} from './groupVulnerabilities';
import { imagesInScope, namespacesInScope, type FindingsScope } from './scope';

/** A group takes about 130 bytes. */
const MAX_GROUPS = 60_000;

/** The groups of scopes that were asked for lately, as long as nothing changes: paging and sorting ask for the same again. */
export class GroupCache {
  static create(options: {
    index: FindingsIndex;
    firstSeen: FirstSeen;
    /** Another number whenever `firstSeen` may say otherwise. */
    firstSeenVersion: () => number;
  }): GroupCache {
    return new GroupCache(options);
  }

  readonly #options: Parameters<typeof GroupCache.create>[0];
  readonly #groups = new Map<string, Groups>();
  #version = '';

  private constructor(options: Parameters<typeof GroupCache.create>[0]) {
    this.#options = options;
  }

  get(scope: FindingsScope): Groups {
    const { index, firstSeen, firstSeenVersion } = this.#options;
    const version = `${index.version} ${firstSeenVersion()}`;
    if (version !== this.#version) {
      this.#version = version;
      this.#groups.clear();
    }
    const key = keyOf(index, scope);
    const groups =
      this.#groups.get(key) ??
      groupVulnerabilities(index.table, imagesInScope(index, scope), firstSeen);
    this.#groups.delete(key);
    this.#groups.set(key, groups);
    this.#forgetOldest();
    return groups;
  }

  #forgetOldest() {
    let held = [...this.#groups.values()].reduce(
      (sum, { all }) => sum + all.length + 1,
      0,
    );
    for (const [key, { all }] of this.#groups) {
      if (held <= MAX_GROUPS) {
        return;
      }
      this.#groups.delete(key);
      held -= all.length + 1;
    }
  }
}

/** People who may see the same teams share what is kept; nobody else does. */
function keyOf(index: FindingsIndex, scope: FindingsScope): string {
  const teams = new Set(
    namespacesInScope(index, scope).map(({ team }) => team),
  );
  const { environment, workload, image } = scope;
  return JSON.stringify([[...teams].sort(), environment, workload, image]);
}
