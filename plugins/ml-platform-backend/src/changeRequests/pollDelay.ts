const MAX_DELAY_MS = 5 * 60_000;
/** A webhook within this time means that the forge's webhook works. */
const WEBHOOK_ALIVE_MS = 10 * 60_000;
/** Factor of the delay while the webhook works. */
const WEBHOOK_FACTOR = 4;

/** Milliseconds until the next poll of the forge: longer with each failure, and while its webhook works. */
export function pollDelay(options: {
  pollSeconds: number;
  /** Consecutive failures. */
  failures: number;
  msSinceWebhook: number;
  random?: number;
}): number {
  const {
    pollSeconds,
    failures,
    msSinceWebhook,
    random = Math.random(),
  } = options;
  const base = pollSeconds * 1_000;
  const hasWebhook = failures === 0 && msSinceWebhook < WEBHOOK_ALIVE_MS;
  const delay = hasWebhook ? base * WEBHOOK_FACTOR : base * 2 ** failures;
  // Spreads replicas that started together.
  return Math.min(delay, Math.max(MAX_DELAY_MS, base)) * (0.9 + 0.2 * random);
}
