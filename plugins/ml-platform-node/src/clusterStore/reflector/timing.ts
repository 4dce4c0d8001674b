/** Timeouts and delays of a reflector. */
export interface ReflectorTiming {
  /** Limit for the start of a response, and for the gap between two chunks of a list. */
  responseTimeoutMs: number;
  /** A watch without events and bookmarks is reopened after this time. */
  watchIdleTimeoutMs: number;
  /** Requested duration of a watch, at random in this range, so that watches do not end at the same time. */
  watchSeconds: [number, number];
  /** Minimum and maximum delay after a failure. */
  backoffMs: [number, number];
  /** A watch that lasted this long was healthy: its end is not a failure. */
  healthyWatchMs: number;
  /** Interval at which a type that is not installed is looked for. */
  recheckMs: number;
  /** Interval between full lists, at random in this range: they repair what watches missed. */
  relistMs: [number, number];
}

const HOUR_MS = 3_600_000;

/**
 * A dead watch is noticed after the idle timeout plus the response timeout, which is less than a minute. API servers send
 * bookmarks only about every 70 s, so watches of quiet types are reopened more often than needed, which costs little.
 */
export const defaultTiming: ReflectorTiming = {
  responseTimeoutMs: 15_000,
  watchIdleTimeoutMs: 40_000,
  watchSeconds: [300, 600],
  backoffMs: [800, 30_000],
  healthyWatchMs: 5_000,
  recheckMs: 30_000,
  relistMs: [12 * HOUR_MS, 24 * HOUR_MS],
};
