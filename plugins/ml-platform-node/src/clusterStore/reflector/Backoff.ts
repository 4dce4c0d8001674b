/** Exponential backoff with jitter. */
export class Backoff {
  readonly #minMs: number;
  readonly #maxMs: number;
  #failures = 0;

  constructor(options: { minMs: number; maxMs: number }) {
    this.#minMs = options.minMs;
    this.#maxMs = options.maxMs;
  }

  /** @returns the next delay in milliseconds, at random between its half and its whole. */
  next(): number {
    const delay = Math.min(this.#maxMs, this.#minMs * 2 ** this.#failures);
    this.#failures += 1;
    return delay * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
