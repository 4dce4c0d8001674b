import { pollDelay } from './pollDelay';

const options = {
  pollSeconds: 30,
  failures: 0,
  sinceToldMs: Infinity,
  random: 0.5,
};

it.each([
  [{}, 30],
  [{ random: 0 }, 27],
  [{ random: 1 }, 33],
  [{ failures: 1 }, 60],
  [{ failures: 3 }, 240],
  [{ failures: 50 }, 300],
  [{ sinceToldMs: 1_000 }, 120],
  [{ sinceToldMs: 3_600_000 }, 30],
  // A webhook helps nobody while the forge does not answer.
  [{ sinceToldMs: 1_000, failures: 1 }, 60],
  [{ pollSeconds: 600 }, 600],
])('waits with %j for %d s', (given, seconds) => {
  expect(pollDelay({ ...options, ...given }) / 1_000).toBeCloseTo(seconds);
});
