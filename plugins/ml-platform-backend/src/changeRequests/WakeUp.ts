/** Lets a loop sleep until somebody wakes it. Who comes while it is at work wakes it at once when it goes to sleep. */
export class WakeUp {
  static create(): WakeUp {
    return new WakeUp();
  }

  #pending = false;
  #resolve: (() => void) | undefined;

  private constructor() {}

  wake(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** @param milliseconds - the longest sleep; without it, until woken. */
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
