/** How often a failed sync is tried again. */
export const RETRY_LIMIT = 5;
const FIRST = 5000;

/** When failed syncs are tried again: five times, each time after twice as long. */
export class SyncRetries {
  readonly #retries = new Map<
    string,
    { count: number; due: number; timer?: NodeJS.Timeout }
  >();

  /** Whether a failed sync may be tried again now. */
  isDue(name: string, now: number): boolean {
    const retry = this.#retries.get(name);
    return (
      retry !== undefined && retry.count <= RETRY_LIMIT && retry.due <= now
    );
  }

  /** @returns which retry that is, and when; undefined when there have been enough. */
  schedule(
    name: string,
    now: number,
    retry: () => void,
  ): { count: number; due: number } | undefined {
    const count = (this.#retries.get(name)?.count ?? 0) + 1;
    clearTimeout(this.#retries.get(name)?.timer);
    const delay = FIRST * 2 ** (count - 1);
    const due = now + delay;
    const goesOn = count <= RETRY_LIMIT;
    const timer = goesOn ? setTimeout(retry, delay) : undefined;
    this.#retries.set(name, { count, due, timer });
    return goesOn ? { count, due } : undefined;
  }

  forget(name: string): void {
    clearTimeout(this.#retries.get(name)?.timer);
    this.#retries.delete(name);
  }

  stop(): void {
    this.#retries.forEach(({ timer }) => clearTimeout(timer));
  }
}
