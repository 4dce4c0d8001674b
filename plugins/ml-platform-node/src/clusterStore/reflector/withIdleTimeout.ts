/**
 * Runs `work` with a signal that aborts when the work is stopped, or when it has not called `touch` for `idleTimeoutMs`.
 *
 * @param work - may pass a new idle timeout to `touch`.
 * @throws the error of `work`, or an error named TimeoutError after the idle timeout.
 */
export async function withIdleTimeout<T>(
  options: { idleTimeoutMs: number; stop: AbortSignal },
  work: (
    signal: AbortSignal,
    touch: (idleTimeoutMs?: number) => void,
  ) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(options.stop.reason);
  const expire = () =>
    controller.abort(new DOMException('Nothing arrived', 'TimeoutError'));
  let timer = setTimeout(expire, options.idleTimeoutMs);
  const touch = (idleTimeoutMs?: number) => {
    if (idleTimeoutMs === undefined) {
      timer.refresh();
    } else {
      clearTimeout(timer);
      timer = setTimeout(expire, idleTimeoutMs);
    }
  };
  options.stop.addEventListener('abort', stop);
  try {
    options.stop.throwIfAborted();
    return await work(controller.signal, touch);
  } catch (error) {
    // Streams wrap the reason of an abort in errors of their own.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    options.stop.removeEventListener('abort', stop);
  }
}
