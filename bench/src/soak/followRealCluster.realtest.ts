import { followRealCluster } from './followRealCluster';

const MINUTES = 0.5;

it('keeps the cluster store equal to a real API server that is changed all the time', async () => {
  const followed = await followRealCluster(MINUTES);
  expect(followed.changes).toBeGreaterThan(50);
  expect(followed.events).toBeGreaterThan(followed.changes);
  expect(followed.types).toBeGreaterThan(15);
  // Nothing went wrong, so that every type was listed once.
  expect(followed.relists).toBe(0);
});
