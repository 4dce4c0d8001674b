import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { LRUCache } from 'lru-cache';

/** The last value that an upstream gave, and the problem of the last read if it failed. */
export interface CachedValue<T> {
  value?: T;
  /** When `value` was read; ISO 8601. Absent when no read ever succeeded. */
  asOf?: string;
  problem?: UpstreamProblem;
}

interface StaleCacheEntry<T> {
  cached: CachedValue<T>;
  attemptedAt: number;
  inFlight?: Promise<CachedValue<T>>;
}

export interface StaleCacheOptions {
  /** Time for which a value or a problem is served without another read. */
  freshMs: number;
  /** Beyond this many keys, the least recently read are evicted. */
  maxKeys: number;
  /** Describes an error of `load` to people. */
  toProblem: (error: unknown) => UpstreamProblem;
}

/** For this long after a failure, the cached value is served at once and the upstream is read in the background. */
const SERVE_STALE_MS = 30_000;

/**
 * Cache of reads from one upstream that serves stale values while the upstream fails. Concurrent reads of a key share one
 * request.
 */
export class StaleCache<T> {
  readonly #options: StaleCacheOptions;
  readonly #entries: LRUCache<string, StaleCacheEntry<T>>;
  /** Set while the whole upstream is unreachable, so that a page with ten reads waits for only one of them. */
  #down: { problem: UpstreamProblem; at: number } | undefined;

  constructor(options: StaleCacheOptions) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.maxKeys });
  }

  /** Never rejects: an error of `load` becomes the `problem` beside the last value. */
  async read(key: string, load: () => Promise<T>): Promise<CachedValue<T>> {
    const entry = this.#entry(key);
    const age = Date.now() - entry.attemptedAt;
    if (!entry.inFlight && age < this.#options.freshMs) {
      return entry.cached;
    }
    entry.inFlight ??= this.#refresh(entry, load);
    if (entry.cached.problem && age < SERVE_STALE_MS) {
      return entry.cached;
    }
    if (this.#down && Date.now() - this.#down.at < SERVE_STALE_MS) {
      return { ...entry.cached, problem: this.#down.problem };
    }
    return entry.inFlight;
  }

  async #refresh(
    entry: StaleCacheEntry<T>,
    load: () => Promise<T>,
  ): Promise<CachedValue<T>> {
    const startedAt = new Date().toISOString();
    try {
      entry.cached = { value: await load(), asOf: startedAt };
      this.#down = undefined;
    } catch (error) {
      const problem = this.#options.toProblem(error);
      entry.cached = { ...entry.cached, problem };
      if (problem.kind === 'timeout' || problem.kind === 'unreachable') {
        this.#down = { problem, at: Date.now() };
      }
    }
    entry.attemptedAt = Date.now();
    entry.inFlight = undefined;
    return entry.cached;
  }

  #entry(key: string): StaleCacheEntry<T> {
    const entry = this.#entries.get(key) ?? {
      cached: {},
      attemptedAt: -Infinity,
    };
    this.#entries.set(key, entry);
    return entry;
  }
}
