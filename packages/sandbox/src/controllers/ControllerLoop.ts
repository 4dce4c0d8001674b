import type { ObjectStore } from '../kubernetes/ObjectStore';
import type { SandboxLogger } from '../logger';
import type { Controller } from './ReconcileContext';

/** Limit of passes until nothing changes. A chain such as Deployment, ReplicaSet, Pod and back needs fewer. */
const MAX_PASSES = 25;
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

interface ControllerLoopOptions {
  store: ObjectStore;
  /** Controllers in the order of each pass. */
  controllers: Controller[];
  /** The current time in milliseconds. */
  now: () => number;
  logger: SandboxLogger;
}

/** Runs the controllers after each change and at the times that they requested. */
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
      // Coalesce the changes of one event loop turn into one run.
      this.#scheduled ??= setImmediate(() => this.#runAndSchedule());
    });
    this.#runAndSchedule();
  }

  stop(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    clearImmediate(this.#scheduled);
  }

  /**
   * Runs the controllers until no object changes.
   *
   * @returns the time of the next requested run; undefined when there is none.
   */
  run(): number | undefined {
    let wake: number | undefined;
    const requeueAt = (time: number) => {
      wake = Math.min(wake ?? Infinity, time);
    };
    const now = this.#now();
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      wake = undefined;
      const before = this.#store.version;
      for (const controller of this.#controllers) {
        try {
          controller({ store: this.#store, now, requeueAt });
        } catch (error) {
          // A failing controller must not stop the others.
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
    this.#logger.warn(
      `The controllers did not converge within ${MAX_PASSES} passes`,
    );
    return now + 1000;
  }

  #runAndSchedule(): void {
    clearTimeout(this.#timer);
    const wake = this.run();
    // The changes of this run itself need no further run.
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    if (wake !== undefined) {
      const sleep = Math.max(10, wake - this.#now());
      this.#timer = setTimeout(
        () => this.#runAndSchedule(),
        Math.min(sleep, MAX_TIMEOUT_MS),
      );
    }
  }
}
