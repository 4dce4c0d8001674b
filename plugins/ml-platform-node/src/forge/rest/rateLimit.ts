/** Wait when a forge says that it limits the portal, but not for how long. */
const DEFAULT_WAIT_MS = 60_000;
/** Longest wait, that of GitHub's hourly limit: a wrong answer must not keep the portal from its forge until a restart. */
const MAX_WAIT_MS = 60 * 60_000;

/**
 * Milliseconds after which a forge takes requests again; undefined when the response is no limit.
 *
 * GitHub answers 403 or 429 with `Retry-After` (secondary limit) or `X-RateLimit-Remaining: 0` and `X-RateLimit-Reset` (seconds since
 * 1970); GitLab 429 with `Retry-After`; proxies 503 with `Retry-After`. A plain 403 is a refusal.
 */
export function rateLimitWait(
  response: Pick<Response, 'status' | 'headers'>,
  now: number,
): number | undefined {
  const wait = requestedWait(response, now);
  return wait === undefined ? undefined : Math.min(wait, MAX_WAIT_MS);
}

function requestedWait(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  now: number,
): number | undefined {
  if (![403, 429, 503].includes(status)) {
    return undefined;
  }
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== null) {
    const until = /^\d+$/.test(retryAfter)
      ? now + Number(retryAfter) * 1_000
      : Date.parse(retryAfter);
    return Number.isNaN(until) ? DEFAULT_WAIT_MS : Math.max(0, until - now);
  }
  const reset = headers.get('x-ratelimit-reset');
  if (headers.get('x-ratelimit-remaining') === '0' && reset !== null) {
    return Math.max(0, Number(reset) * 1_000 - now) || DEFAULT_WAIT_MS;
  }
  return status === 429 ? DEFAULT_WAIT_MS : undefined;
}
