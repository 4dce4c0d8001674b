import { LRUCache } from 'lru-cache';
import type { FindingsIndex } from './FindingsIndex';
import {
  groupVulnerabilities,
  type FirstSeen,
  type VulnerabilityGroups,
} from './groupVulnerabilities';
import { imagesInScope, namespacesInScope, type FindingsScope } from './scope';

/** Counts of one vulnerability take about 130 bytes; an organisation with 10,000 reports has about 20,000 vulnerabilities. */
const MAX_COUNTS = 200_000;

export interface GroupCacheOptions {
  index: FindingsIndex;
  firstSeen: FirstSeen;
  /** Changes whenever `firstSeen` can return something else. */
  firstSeenVersion: () => number;
}

/** Caches the vulnerability counts of scopes while nothing changes: paging and sorting need the same counts again. */
export class GroupCache {
  readonly #options: GroupCacheOptions;
  readonly #groups = new LRUCache<string, VulnerabilityGroups>({
    maxSize: MAX_COUNTS,
    sizeCalculation: ({ all }) => all.length + 1,
  });
  #version = '';

  constructor(options: GroupCacheOptions) {
    this.#options = options;
  }

  get(scope: FindingsScope): VulnerabilityGroups {
    const { index, firstSeen, firstSeenVersion } = this.#options;
    const version = `${index.version} ${firstSeenVersion()}`;
    if (version !== this.#version) {
      this.#version = version;
      this.#groups.clear();
    }
    const key = scopeKey(index, scope);
    const groups =
      this.#groups.get(key) ??
      groupVulnerabilities(index.table, imagesInScope(index, scope), firstSeen);
    this.#groups.set(key, groups);
    return groups;
  }
}

/** Callers who may see the same teams share an entry; nobody else does. */
function scopeKey(index: FindingsIndex, scope: FindingsScope): string {
  const teams = new Set(
    namespacesInScope(index, scope).map(({ team }) => team),
  );
  const { environment, workload, image } = scope;
  return JSON.stringify([[...teams].sort(), environment, workload, image]);
}
