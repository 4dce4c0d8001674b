/** A wake-up signal for one polling loop. A call of `wake` while the loop works is remembered for its next `wait`. */
export class WakeUp {
  #pending = false;
  /** Ends the current wait. */
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /**
   * Waits for the next `wake`; returns at once if there was one since the last wait.
   *
   * @param milliseconds - longest wait; unlimited if absent.
   */
  async wait(milliseconds?: number): Promise<void> {
    if (!this.#pending) {
      await new Promise<void>(resolve => {
        const timer =
          milliseconds === undefined
            ? undefined
            : setTimeout(resolve, Math.max(milliseconds, 0)).unref();
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resolve = undefined;
    this.#pending = false;
  }
}
