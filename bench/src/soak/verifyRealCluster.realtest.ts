import { verifyRealCluster } from './verifyRealCluster';

const MINUTES = 0.5;

it('keeps the cluster store equal to a constantly changing API server', async () => {
  const result = await verifyRealCluster(MINUTES);
  expect(result.changes).toBeGreaterThan(50);
  expect(result.events).toBeGreaterThan(result.changes);
  expect(result.types).toBeGreaterThan(15);
  // Lists stay rare, although watches expire and the API server serves CRDs late.
  expect(result.relists).toBeLessThan(result.types);
});
