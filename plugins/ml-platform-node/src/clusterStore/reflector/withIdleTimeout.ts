/**
 * Runs `work` with a signal that aborts when the work is stopped, or when it has not said `alive` for `silenceMs`.
 *
 * @throws what `work` throws; an error named TimeoutError after silence.
 */
export async function withIdleTimeout<T>(
  options: { silenceMs: number; stop: AbortSignal },
  work: (
    signal: AbortSignal,
    alive: (silenceMs?: number) => void,
  ) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(options.stop.reason);
  const silent = () =>
    controller.abort(new DOMException('Nothing was heard', 'TimeoutError'));
  let timer = setTimeout(silent, options.silenceMs);
  const alive = (silenceMs?: number) => {
    if (silenceMs === undefined) {
      timer.refresh();
    } else {
      clearTimeout(timer);
      timer = setTimeout(silent, silenceMs);
    }
  };
  options.stop.addEventListener('abort', stop);
  try {
    options.stop.throwIfAborted();
    return await work(controller.signal, alive);
  } catch (error) {
    // Streams throw their own words for an abort.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    options.stop.removeEventListener('abort', stop);
  }
}
