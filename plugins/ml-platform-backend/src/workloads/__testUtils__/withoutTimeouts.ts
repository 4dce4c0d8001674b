/** Calls a function while no timeout elapses: it never completes if it waits for an unresponsive upstream. */
export async function withoutTimeouts<T>(
  callback: () => Promise<T>,
): Promise<T> {
  // Fakes setTimeout only.
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
    ],
  });
  const timeout = jest
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation(() => new AbortController().signal);
  try {
    return await callback();
  } finally {
    timeout.mockRestore();
    jest.useRealTimers();
  }
}
