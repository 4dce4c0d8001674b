import { createBackend } from '@backstage/backend-defaults';
import { features } from './features';
import { startMetrics } from './instrumentation';

startMetrics(process.env);

const backend = createBackend();

for (const feature of features) {
  backend.add(feature);
}

backend.start();
