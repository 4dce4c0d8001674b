import { TooManyRequestsError } from './TooManyRequestsError';

interface FairQueueOptions {
  /** Jobs that run at once. */
  concurrency: number;
  /** Jobs of one person that run or wait. */
  perPerson: number;
  /** Message for a person who has reached `perPerson`. */
  refusal: string;
  retryAfterSeconds: number;
}

interface WaitingJob {
  person: string;
  start: () => void;
}

/** Runs jobs in a fair order: next is the person with the fewest running jobs, among equals the one who has waited longest. */
export class FairQueue {
  readonly #options: FairQueueOptions;
  readonly #running = new Map<string, number>();
  /** In order of arrival. */
  #waiting: WaitingJob[] = [];

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  /**
   * Runs a job in its turn. A running job counts until it ends, even if its caller has gone.
   *
   * @param options.signal - gives up a job that waits.
   * @throws TooManyRequestsError when the person has too many jobs, and the reason of the signal.
   */
  async run<T>(
    person: string,
    options: { signal: AbortSignal },
    job: () => Promise<T>,
  ): Promise<T> {
    const { perPerson, refusal, retryAfterSeconds } = this.#options;
    const waiting = this.#waiting.filter(other => other.person === person);
    if (this.#runningOf(person) + waiting.length >= perPerson) {
      throw new TooManyRequestsError(refusal, { retryAfterSeconds });
    }
    await this.#turn(person, options.signal);
    try {
      return await job();
    } finally {
      this.#count(person, -1);
      this.#startNext();
    }
  }

  #turn(person: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const waiting: WaitingJob = { person, start: resolve };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter(other => other !== waiting);
        // Of no effect once it has started.
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(waiting);
      this.#startNext();
    });
  }

  #startNext(): void {
    const total = [...this.#running.values()].reduce((a, b) => a + b, 0);
    if (total >= this.#options.concurrency || this.#waiting.length === 0) {
      return;
    }
    const next = this.#waiting.reduce((best, other) =>
      this.#runningOf(other.person) < this.#runningOf(best.person)
        ? other
        : best,
    );
    this.#waiting = this.#waiting.filter(other => other !== next);
    this.#count(next.person, 1);
    next.start();
  }

  #runningOf(person: string): number {
    return this.#running.get(person) ?? 0;
  }

  #count(person: string, change: number): void {
    const count = this.#runningOf(person) + change;
    if (count > 0) {
      this.#running.set(person, count);
    } else {
      this.#running.delete(person);
    }
  }
}
