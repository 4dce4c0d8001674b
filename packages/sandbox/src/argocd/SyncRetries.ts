const LIMIT = 5;
const FIRST = 5000;

/** When failed syncs are tried again: five times, each time after twice as long. */
export class SyncRetries {
  readonly #retries = new Map<
    string,
    { count: number; due: number; timer?: NodeJS.Timeout }
  >();

  static create(): SyncRetries {
    return new SyncRetries();
  }

  private constructor() {}

  /** Whether a failed sync may be tried again now. */
  isDue(name: string, now: number): boolean {
    const retry = this.#retries.get(name);
    return retry !== undefined && retry.count <= LIMIT && retry.due <= now;
  }

  schedule(name: string, now: number, retry: () => void): void {
    const count = (this.#retries.get(name)?.count ?? 0) + 1;
    clearTimeout(this.#retries.get(name)?.timer);
    const delay = FIRST * 2 ** (count - 1);
    const timer = count <= LIMIT ? setTimeout(retry, delay) : undefined;
    this.#retries.set(name, { count, due: now + delay, timer });
  }

  forget(name: string): void {
    clearTimeout(this.#retries.get(name)?.timer);
    this.#retries.delete(name);
  }

  stop(): void {
    this.#retries.forEach(({ timer }) => clearTimeout(timer));
  }
}
