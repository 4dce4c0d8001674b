/** Longest time that a task may hold the event loop. */
const SLICE_MS = 10;

let last: Promise<void> = Promise.resolve();

/**
 * Time slice of a long-running task. Tasks whose slices are used up continue one after the other, with requests and timers
 * in between.
 */
export class EventLoopSlice {
  #startedAt = performance.now();

  /** Yields to the event loop when the slice is used up. Await it between small pieces of work. */
  async next(): Promise<void> {
    if (performance.now() - this.#startedAt < SLICE_MS) {
      return;
    }
    last = last.then(() => new Promise(resolve => setImmediate(resolve)));
    await last;
    this.#startedAt = performance.now();
  }
}
