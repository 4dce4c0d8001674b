/** Delays that double up to a limit, with jitter, so that many readers do not come back at the same moment. */
export class Backoff {
  static create(options: { minMs: number; maxMs: number }): Backoff {
    return new Backoff(options.minMs, options.maxMs);
  }

  readonly #minMs: number;
  readonly #maxMs: number;
  #failures = 0;

  private constructor(minMs: number, maxMs: number) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
  }

  /** Between half the delay and all of it. */
  next(): number {
    const delay = Math.min(this.#maxMs, this.#minMs * 2 ** this.#failures);
    this.#failures += 1;
    return delay * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
