import { TwoGenerationMap } from './TwoGenerationMap';

type Flat = Record<string, unknown>;

/** So many objects of one key are compared; more would be slow, and that they are kept apart costs little. */
const MAX_BUCKET = 20;

/**
 * Makes equal values one value: thousands of objects carry the same labels, containers, findings and words. It forgets
 * what was not asked for in a while.
 */
export class InternPool {
  static create(options: { capacity?: number } = {}): InternPool {
    return new InternPool(options.capacity ?? 50_000);
  }

  readonly #texts: TwoGenerationMap<string>;
  readonly #values: TwoGenerationMap<unknown>;
  readonly #flat: TwoGenerationMap<Flat[]>;

  private constructor(capacity: number) {
    this.#texts = TwoGenerationMap.create(capacity);
    this.#values = TwoGenerationMap.create(capacity);
    this.#flat = TwoGenerationMap.create(capacity);
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

  /** The same for flat objects, of which few have the same `key`: cheaper, since no JSON is made to compare them. */
  shareFlat(key: string, value: Flat): Flat {
    const bucket = this.#flat.first(key, []);
    for (const known of bucket) {
      if (isFlatEqual(known, value)) {
        return known;
      }
    }
    if (bucket.length < MAX_BUCKET) {
      bucket.push(value);
    }
    return value;
  }
}

function isFlatEqual(a: Flat, b: Flat): boolean {
  for (const field in a) {
    if (a[field] !== b[field]) {
      return false;
    }
  }
  for (const field in b) {
    if (!(field in a)) {
      return false;
    }
  }
  return true;
}
