/**
 * Stops the clock of this process: `Date` and timers move only with `jest.advanceTimersByTime`. The event loop itself, and
 * with it HTTP and child processes, goes on.
 */
export function useFakeClock(): void {
  jest.useFakeTimers({
    now: Date.parse('2026-11-23T12:00:00Z'),
    doNotFake: [
      'clearImmediate',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
    ],
  });
}
