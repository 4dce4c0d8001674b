/**
 * Makes equal values one value: thousands of objects carry the same labels, containers, findings and words. It forgets
 * what has not been asked for since two fillings ago, so that names which come and go do not pile up.
 */
export class Pool {
  static create(options: { capacity?: number } = {}): Pool {
    return new Pool(options.capacity ?? 50_000);
  }

  readonly #texts: Generations<string>;
  readonly #values: Generations<unknown>;

  private constructor(capacity: number) {
    this.#texts = new Generations(capacity);
    this.#values = new Generations(capacity);
  }

  /** The first value that was given equal to this one. Values are JSON, and nobody changes them afterwards. */
  share(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#texts.first(value, value);
    }
    return typeof value === 'object' && value !== null
      ? this.#values.first(JSON.stringify(value), value)
      : value;
  }
}

class Generations<T> {
  readonly #capacity: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

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
