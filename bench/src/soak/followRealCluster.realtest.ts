import { followRealCluster } from './followRealCluster';

const MINUTES = 0.5;

it('keeps the cluster store equal to a constantly changing API server', async () => {
  const followed = await followRealCluster(MINUTES);
  expect(followed.changes).toBeGreaterThan(50);
  expect(followed.events).toBeGreaterThan(followed.changes);
  expect(followed.types).toBeGreaterThan(15);
  // Lists stay rare, although watches expire and definitions are served late.
  expect(followed.relists).toBeLessThan(followed.types);
});
