/**
 * A map that forgets what was not asked for since two fillings ago, so that names which come and go do not pile up.
 */
export class TwoGenerationMap<T> {
  static create<T>(capacity: number): TwoGenerationMap<T> {
    return new TwoGenerationMap<T>(capacity);
  }

  readonly #capacity: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  private constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What is remembered for the key, else `value` from now on. */
  first(key: string, value: T): T {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young;
    }
    const first = this.#old.get(key) ?? value;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, first);
    return first;
  }
}
