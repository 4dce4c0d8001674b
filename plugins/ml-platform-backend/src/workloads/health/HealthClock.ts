/** Time of a cluster while health is computed, and the time from which the result may be another one. */
export class HealthClock {
  /** Time at which a computed state has to be computed again, in milliseconds; undefined when only objects change it. */
  recheckAt: number | undefined;
  readonly #now: number;

  /** @param now - by the cluster's clock, in milliseconds. */
  constructor(now: number) {
    this.#now = now;
  }

  /**
   * Returns true when the given seconds have passed since a time of the cluster; also without a time.
   *
   * @param since - ISO 8601.
   */
  hasPassed(seconds: number, since: string | undefined): boolean {
    const at = Date.parse(since ?? '') + seconds * 1000;
    if (Number.isNaN(at) || at <= this.#now) {
      return true;
    }
    this.recheckAt = Math.min(this.recheckAt ?? at, at);
    return false;
  }
}
