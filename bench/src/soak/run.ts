/** `yarn soak [minutes]`: follows a real API server for so long; default 10. The short tests run in `npm test`. */
import { followRealCluster } from './followRealCluster';

const DEFAULT_MINUTES = 10;

// Ending this process ends the platform that it started.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

followRealCluster(Number(process.argv[2] ?? DEFAULT_MINUTES)).catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
