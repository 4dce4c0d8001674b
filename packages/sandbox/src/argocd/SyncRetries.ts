/** Number of retries of a failed sync. */
export const RETRY_LIMIT = 5;
const INITIAL_BACKOFF_MS = 5000;

/** Retries of failed syncs, with exponential backoff. */
export class SyncRetries {
  readonly #retries = new Map<
    string,
    { count: number; due: number; timer?: NodeJS.Timeout }
  >();

  /** Returns true if the retry of a failed sync is due. */
  isDue(name: string, now: number): boolean {
    const retry = this.#retries.get(name);
    return (
      retry !== undefined && retry.count <= RETRY_LIMIT && retry.due <= now
    );
  }

  /** Schedules the next retry. @returns its number and time; undefined beyond the limit. */
  schedule(
    name: string,
    now: number,
    retry: () => void,
  ): { count: number; due: number } | undefined {
    const count = (this.#retries.get(name)?.count ?? 0) + 1;
    clearTimeout(this.#retries.get(name)?.timer);
    const delay = INITIAL_BACKOFF_MS * 2 ** (count - 1);
    const due = now + delay;
    const isWithinLimit = count <= RETRY_LIMIT;
    const timer = isWithinLimit ? setTimeout(retry, delay) : undefined;
    this.#retries.set(name, { count, due, timer });
    return isWithinLimit ? { count, due } : undefined;
  }

  cancel(name: string): void {
    clearTimeout(this.#retries.get(name)?.timer);
    this.#retries.delete(name);
  }

  stop(): void {
    this.#retries.forEach(({ timer }) => clearTimeout(timer));
  }
}
