import { productionRefusal } from './production/productionRefusal';
import { startMetrics } from './instrumentation';

async function start() {
  const refusal = await productionRefusal(process.env);
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    process.exit(1);
  }

  startMetrics(process.env);

  const { createBackend } = await import('@backstage/backend-defaults');
  const { features } = await import('./features');
  const backend = createBackend();
  for (const feature of features) {
    backend.add(feature);
  }
  await backend.start();
}

start();
