/**
 * A bounded map: entries that were not read while the map filled up twice are dropped. Cheaper than an LRU map, as a
 * read moves nothing but old entries.
 */
export class TwoGenerationMap<T> {
  readonly #capacity: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  /** @param capacity - entries of one generation. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Returns the value of the key, after setting it to `value` if there is none. */
  getOrSet(key: string, value: T): T {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young;
    }
    const kept = this.#old.get(key) ?? value;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, kept);
    return kept;
  }
}
