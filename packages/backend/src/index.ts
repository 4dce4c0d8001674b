import { keepFilesPrivate } from './keepFilesPrivate';
import { productionRefusal } from './production/productionRefusal';
import { startMetrics } from './instrumentation';

async function start() {
  keepFilesPrivate();
  const refusal = await productionRefusal(process.env);
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    process.exit(1);
  }

  startMetrics(process.env);

  // Only now: what the backend loads must not run with a configuration that is refused. For its effect, because the loader of
  // TypeScript in development gives dynamic imports no named exports.
  await import('./runBackend');
}

start();
