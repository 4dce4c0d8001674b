/** A wake-up signal for a polling loop; a wake during work is remembered. */
export class WakeUp {
  #pending = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** @param milliseconds - longest wait; without it, until the next wake. */
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
