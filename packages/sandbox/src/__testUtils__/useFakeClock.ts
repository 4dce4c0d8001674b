/**
 * Stops the clock of this process: `Date` and timers advance only with `jest.advanceTimersByTime`. The event loop, HTTP
 * and child processes keep running.
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
