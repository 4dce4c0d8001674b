import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createConsoleLogger } from './logger';
import { startSandbox } from './startSandbox';

/** Default ports, as configured in the portal's app-config.yaml. */
const PORTS = { forge: '7010', kubernetes: '7011', grafana: '7012' };

/** The portal's webhook, with `mlPlatform.changeRequests.webhookSecret` of its app-config.yaml, which is not confidential. */
const WEBHOOK = {
  url: 'http://127.0.0.1:7007/api/ml-platform/webhooks/forge',
  secret: 'sandbox-webhook-secret',
};

async function main(): Promise<void> {
  const logger = createConsoleLogger();
  const { values } = parseArgs({
    options: {
      'state-dir': { type: 'string', default: '.data/sandbox' },
      'seed-root': { type: 'string', default: '.' },
      'forge-port': { type: 'string', default: PORTS.forge },
      'kubernetes-port': { type: 'string', default: PORTS.kubernetes },
      'grafana-port': { type: 'string', default: PORTS.grafana },
      'webhook-url': { type: 'string', default: WEBHOOK.url },
    },
  });
  const seedRoot = values['seed-root'];
  const sandbox = await startSandbox({
    stateDirectory: resolve(values['state-dir']),
    seedDirectories: {
      infra: resolve(seedRoot, 'infra'),
      templates: resolve(seedRoot, 'templates'),
    },
    ports: {
      forge: Number(values['forge-port']),
      kubernetes: Number(values['kubernetes-port']),
      grafana: Number(values['grafana-port']),
    },
    webhook: values['webhook-url']
      ? { ...WEBHOOK, url: values['webhook-url'] }
      : undefined,
    logger,
  });
  logger.info(`Sandbox forge is ready at ${sandbox.forgeUrl}`);
  logger.info(`Sandbox Kubernetes API is ready at ${sandbox.kubernetesUrl}`);
  logger.info(`Sandbox Grafana is ready at ${sandbox.grafanaUrl}`);
  logger.info(`Clone the platform repository: ${sandbox.cloneCommand}`);

  const stop = () => sandbox.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
