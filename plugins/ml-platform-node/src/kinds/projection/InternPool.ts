import { TwoGenerationMap } from './TwoGenerationMap';

type FlatObject = Record<string, unknown>;

/** Limits the comparisons per key; not interning the rest costs little memory. */
const MAX_BUCKET = 20;

const DEFAULT_CAPACITY = 50_000;

interface InternPoolOptions {
  /** Values of each sort before the least recently used half is dropped. Default: 50,000. */
  capacity?: number;
}

/**
 * Interns equal values: thousands of objects carry the same labels, containers, findings and messages. Values that were
 * not seen for a while are dropped.
 */
export class InternPool {
  readonly #texts: TwoGenerationMap<string>;
  readonly #values: TwoGenerationMap<unknown>;
  readonly #flatObjects: TwoGenerationMap<FlatObject[]>;

  constructor({ capacity = DEFAULT_CAPACITY }: InternPoolOptions = {}) {
    this.#texts = new TwoGenerationMap(capacity);
    this.#values = new TwoGenerationMap(capacity);
    this.#flatObjects = new TwoGenerationMap(capacity);
  }

  /** Returns the first value that was equal to this JSON value. Do not mutate it. */
  intern(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.#texts.getOrSet(value, value);
    }
    return typeof value === 'object' && value !== null
      ? this.#values.getOrSet(JSON.stringify(value), value)
      : value;
  }

  /** Interns a flat object. It is compared with those of the same `key`, which is faster than via JSON. */
  internFlat(key: string, value: FlatObject): FlatObject {
    const bucket = this.#flatObjects.getOrSet(key, []);
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

function isFlatEqual(a: FlatObject, b: FlatObject): boolean {
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
