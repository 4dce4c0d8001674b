import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';

/** The last good answer of an upstream, and what is wrong with the upstream since. */
export interface Known<T> {
  value?: T;
  /** When `value` was read; ISO 8601. Absent when there never was one. */
  asOf?: string;
  problem?: UpstreamProblem;
}

interface Entry<T> {
  known: Known<T>;
  attemptedAt: number;
  inFlight?: Promise<Known<T>>;
}

/** While an upstream fails, people get the last answer at once and the next attempt runs behind them. */
const IMPATIENT_MS = 30_000;

/**
 * Remembers what one upstream answered: readers of the same key share one request, an answer is good for a moment, and
 * the last good one outlives a failing upstream.
 */
export class StaleCache<T> {
  static create<T>(options: {
    /** How long an answer, good or bad, is used without asking again. */
    freshMs: number;
    /** The least recently read keys are forgotten beyond this many. */
    maxKeys: number;
    /** Turns what `load` throws into words for people. */
    toProblem: (error: unknown) => UpstreamProblem;
  }): StaleCache<T> {
    return new StaleCache<T>(options);
  }

  readonly #options: Parameters<typeof StaleCache.create>[0];
  readonly #entries = new Map<string, Entry<T>>();
  /** Set while the upstream as a whole does not answer, so that a page with ten reads waits for it once. */
  #down: { problem: UpstreamProblem; at: number } | undefined;

  private constructor(options: Parameters<typeof StaleCache.create>[0]) {
    this.#options = options;
  }

  /** Never rejects: a failing `load` becomes the `problem` beside the last known value. */
  async read(key: string, load: () => Promise<T>): Promise<Known<T>> {
    const entry = this.#touch(key);
    const age = Date.now() - entry.attemptedAt;
    if (!entry.inFlight && age < this.#options.freshMs) {
      return entry.known;
    }
    entry.inFlight ??= this.#refresh(entry, load);
    if (entry.known.problem && age < IMPATIENT_MS) {
      return entry.known;
    }
    if (this.#down && Date.now() - this.#down.at < IMPATIENT_MS) {
      return { ...entry.known, problem: this.#down.problem };
    }
    return entry.inFlight;
  }

  async #refresh(entry: Entry<T>, load: () => Promise<T>): Promise<Known<T>> {
    const startedAt = new Date().toISOString();
    try {
      entry.known = { value: await load(), asOf: startedAt };
      this.#down = undefined;
    } catch (error) {
      const problem = this.#options.toProblem(error);
      entry.known = { ...entry.known, problem };
      if (problem.kind === 'timeout' || problem.kind === 'unreachable') {
        this.#down = { problem, at: Date.now() };
      }
    }
    entry.attemptedAt = Date.now();
    entry.inFlight = undefined;
    return entry.known;
  }

  #touch(key: string): Entry<T> {
    const entry: Entry<T> = this.#entries.get(key) ?? {
      known: {},
      attemptedAt: -Infinity,
    };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#options.maxKeys) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
    return entry;
  }
}
