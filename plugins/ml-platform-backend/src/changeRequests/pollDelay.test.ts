import { pollDelay } from './pollDelay';

const options = {
  pollSeconds: 30,
  failures: 0,
  msSinceWebhook: Infinity,
  random: 0.5,
};

it.each([
  [{}, 30],
  [{ random: 0 }, 27],
  [{ random: 1 }, 33],
  [{ failures: 1 }, 60],
  [{ failures: 3 }, 240],
  [{ failures: 50 }, 300],
  [{ msSinceWebhook: 1_000 }, 120],
  [{ msSinceWebhook: 3_600_000 }, 30],
  // A webhook does not help while the forge does not respond.
  [{ msSinceWebhook: 1_000, failures: 1 }, 60],
  [{ pollSeconds: 600 }, 600],
])('waits with %j for %d s', (given, seconds) => {
  expect(pollDelay({ ...options, ...given }) / 1_000).toBeCloseTo(seconds);
});
