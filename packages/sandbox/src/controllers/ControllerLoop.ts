import type { ObjectStore } from '../kubernetes/ObjectStore';
import type { SandboxLogger } from '../logger';
import type { Controller } from './World';

/** More passes than any chain of controllers needs: Deployment to ReplicaSet to Pod and back. */
const MAX_PASSES = 25;
const LONGEST_SLEEP = 2 ** 31 - 1;

export interface ControllerLoopOptions {
  store: ObjectStore;
  /** In the order in which they run in each pass. */
  controllers: Controller[];
  /** The current time in milliseconds. */
  now: () => number;
  logger: SandboxLogger;
}

/** Runs the controllers after each change and at the times that they ask for; asleep otherwise. */
export class ControllerLoop {
  readonly #store: ObjectStore;
  readonly #controllers: Controller[];
  readonly #now: () => number;
  readonly #logger: SandboxLogger;
  #timer: NodeJS.Timeout | undefined;
  #scheduled: NodeJS.Immediate | undefined;
  #unsubscribe: () => void = () => {};

  constructor(options: ControllerLoopOptions) {
    this.#store = options.store;
    this.#controllers = options.controllers;
    this.#now = options.now;
    this.#logger = options.logger;
  }

  start(): void {
    this.#unsubscribe = this.#store.subscribe(() => {
      // Many changes in one turn of the event loop are one reason to run.
      this.#scheduled ??= setImmediate(() => this.#runAndSleep());
    });
    this.#runAndSleep();
  }

  stop(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearImmediate(this.#scheduled);
  }

  /**
   * Runs until nothing changes any more.
   *
   * @returns when to run next although nothing happens; undefined for never.
   */
  run(): number | undefined {
    let wake: number | undefined;
    const wakeAt = (time: number) => {
      wake = Math.min(wake ?? Infinity, time);
    };
    const now = this.#now();
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      wake = undefined;
      const before = this.#store.version;
      for (const controller of this.#controllers) {
        try {
          controller({ store: this.#store, now, wakeAt });
        } catch (error) {
          // One object that a controller stumbles over must not stop the others.
          this.#logger.error(
            `A controller failed: ${
              error instanceof Error ? error.stack : error
            }`,
          );
        }
      }
      if (this.#store.version === before) {
        return wake;
      }
    }
    this.#logger.warn('The controllers did not come to rest');
    return now + 1000;
  }

  #runAndSleep(): void {
    clearTimeout(this.#timer);
    const wake = this.run();
    // What this run changed itself is done with.
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    if (wake !== undefined) {
      const sleep = Math.max(10, wake - this.#now());
      this.#timer = setTimeout(
        () => this.#runAndSleep(),
        Math.min(sleep, LONGEST_SLEEP),
      );
    }
  }
}
