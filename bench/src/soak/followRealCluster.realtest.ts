import { followRealCluster } from './followRealCluster';

const MINUTES = 0.5;

it('keeps the cluster store equal to a real API server that is changed all the time', async () => {
  const followed = await followRealCluster(MINUTES);
  expect(followed.changes).toBeGreaterThan(50);
  expect(followed.events).toBeGreaterThan(followed.changes);
  expect(followed.types).toBeGreaterThan(15);
  // A watch may expire, or a definition be served late; lists are the exception all the same.
  expect(followed.relists).toBeLessThan(followed.types);
});
