/** Longer than this, nobody holds the event loop. */
const SLICE_MS = 10;

let last: Promise<void> = Promise.resolve();

/**
 * Shares the event loop: those who have worked for a while go on one after the other, with room for everything else
 * (requests, timers) in between.
 */
export class EventLoopSlice {
  #startedAt = performance.now();

  /** To be awaited between small pieces of work. */
  async next(): Promise<void> {
    if (performance.now() - this.#startedAt < SLICE_MS) {
      return;
    }
    last = last.then(() => new Promise(resolve => setImmediate(resolve)));
    await last;
    this.#startedAt = performance.now();
  }
}
