/** The permission policy promises that streams end within a minute after a permission is revoked. */
export const RECHECK_MILLISECONDS = 30_000;

/**
 * Checks at an interval that the reader of an open stream may still read it.
 *
 * @param options.isAllowed - a rejection counts as false.
 * @param options.expiresAt - expiry of the reader's token, at which access ends in any case.
 * @param options.onRevoked - called once, after the last check.
 * @returns a function that stops the checks.
 */
export function watchAccess(options: {
  isAllowed: () => Promise<boolean>;
  expiresAt: Date | undefined;
  onRevoked: () => void;
  recheckMs?: number;
}): () => void {
  const { isAllowed, expiresAt, onRevoked } = options;
  const recheckMs = options.recheckMs ?? RECHECK_MILLISECONDS;
  let timer: ReturnType<typeof setTimeout>;
  let ended = false;

  function end() {
    ended = true;
    clearTimeout(timer);
  }

  function wait() {
    const left = expiresAt ? expiresAt.getTime() - Date.now() : recheckMs;
    timer = setTimeout(check, Math.max(0, Math.min(recheckMs, left)));
    timer.unref();
  }

  async function check() {
    const expired =
      expiresAt !== undefined && expiresAt.getTime() <= Date.now();
    const allowed = !expired && (await isAllowed().catch(() => false));
    if (ended) {
      return;
    }
    if (allowed) {
      wait();
    } else {
      end();
      onRevoked();
    }
  }

  wait();
  return end;
}
