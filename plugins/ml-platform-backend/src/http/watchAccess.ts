/** An open stream ends this long after its reader lost the right to it, at most; issue and policy promise a minute. */
export const RECHECK_MILLISECONDS = 30_000;

/**
 * Asks again and again whether a stream's reader may still read it.
 *
 * @param options.isAllowed - decides anew; when it fails, the answer is no.
 * @param options.expiresAt - when the reader's token does; nobody reads longer than that.
 * @param options.onRevoked - is called once, after which nothing is asked any more.
 * @returns how to end the watch.
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
