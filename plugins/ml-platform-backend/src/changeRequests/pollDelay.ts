const LONGEST_MS = 5 * 60_000;
/** A forge whose webhook has said something within this time will say more. */
const WEBHOOK_ALIVE_MS = 10 * 60_000;
const WITH_WEBHOOK = 4;

/** Milliseconds until the forge is asked again: longer each time that it fails, and while its webhook tells of changes. */
export function pollDelay(options: {
  pollSeconds: number;
  /** In a row. */
  failures: number;
  sinceToldMs: number;
  random?: number;
}): number {
  const {
    pollSeconds,
    failures,
    sinceToldMs,
    random = Math.random(),
  } = options;
  const base = pollSeconds * 1_000;
  const isTold = failures === 0 && sinceToldMs < WEBHOOK_ALIVE_MS;
  const delay = isTold ? base * WITH_WEBHOOK : base * 2 ** failures;
  // Replicas that started together spread out.
  return Math.min(delay, Math.max(LONGEST_MS, base)) * (0.9 + 0.2 * random);
}
