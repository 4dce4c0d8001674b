/** How patient a reflector is; tests are less so. */
export interface ReflectorTiming {
  /** A request without an answer, or a page that stops arriving, has failed after this. */
  answerMs: number;
  /** A watch without an event or a bookmark is opened again after this. */
  watchSilenceMs: number;
  /** How long the server is asked to keep a watch: at random in this range, so that watches do not end together. */
  watchSeconds: [number, number];
  /** Delay after the first failure and after many. */
  backoffMs: [number, number];
  /** A watch that lasted this long was a good one: its end is no failure. */
  healthyWatchMs: number;
  /** A type that is not installed is looked for again after this. */
  recheckMs: number;
  /** Everything is listed again after this, at random in this range: it heals what no watch would tell. */
  relistMs: [number, number];
}

const HOUR_MS = 3_600_000;

/**
 * Silence plus answer is what it takes to notice that a watch is dead: less than a minute. The API server sends a
 * bookmark only about every 70 s, so that quiet types open their watch again more often than needed; that costs little.
 */
export const defaultTiming: ReflectorTiming = {
  answerMs: 15_000,
  watchSilenceMs: 40_000,
  watchSeconds: [300, 600],
  backoffMs: [800, 30_000],
  healthyWatchMs: 5_000,
  recheckMs: 30_000,
  relistMs: [12 * HOUR_MS, 24 * HOUR_MS],
};
