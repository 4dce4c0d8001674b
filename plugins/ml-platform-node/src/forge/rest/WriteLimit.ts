import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import pLimit from 'p-limit';

/** A number of writes within a sliding window. */
export interface WriteWindow {
  writes: number;
  milliseconds: number;
}

/** Longest time that a write waits for its turn. */
const MAX_WAIT_MS = 60_000;

/**
 * Keeps the content writes of this process within the limits of a forge: one at a time, first come, first served. Replicas do not know
 * of each other; the forge's own answer (`Retry-After`) is what binds them together.
 */
export class WriteLimit {
  readonly #windows: WriteWindow[];
  readonly #now: () => number;
  readonly #turn = pLimit(1);
  /** Start of the latest writes, oldest first. */
  #times: number[] = [];

  constructor(windows: WriteWindow[], now: () => number = Date.now) {
    this.#windows = windows;
    this.#now = now;
  }

  /** @throws ServiceUnavailableError when the turn is more than a minute away; nothing was sent then. */
  run<T>(write: () => Promise<T>): Promise<T> {
    return this.#turn(async () => {
      const wait = this.#wait();
      if (wait > MAX_WAIT_MS) {
        throw new ServiceUnavailableError(
          `The portal has used up the changes that the forge allows it. Nothing was changed; try again in ${Math.ceil(
            wait / 60_000,
          )} minutes.`,
        );
      }
      await sleep(wait);
      this.#times.push(this.#now());
      return write();
    });
  }

  /** Milliseconds until every window has room. */
  #wait(): number {
    const now = this.#now();
    const longest = Math.max(
      ...this.#windows.map(({ milliseconds }) => milliseconds),
    );
    this.#times = this.#times.filter(time => time > now - longest);
    const waits = this.#windows.map(({ writes, milliseconds }) => {
      const earliest = this.#times.at(-writes);
      return earliest === undefined ? 0 : earliest + milliseconds - now;
    });
    return Math.max(0, ...waits);
  }
}
