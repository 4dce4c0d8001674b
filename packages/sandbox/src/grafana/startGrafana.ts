import express from 'express';
import { BareRepository } from '../git/BareRepository';
import { loopbackOnly, serve, type RunningServer } from '../http/serve';
import type { SandboxLogger } from '../logger';
import { createGrafanaApiRouter } from './apiRouter';
import { Dashboards } from './Dashboards';
import { createGrafanaPagesRouter } from './pagesRouter';

/** Starts a simulated Grafana, which serves the search for dashboards. */
export async function startGrafana(options: {
  host: string;
  port: number;
  /** The bare platform repository. */
  repositoryDirectory: string;
  branch: string;
  logger: SandboxLogger;
}): Promise<RunningServer> {
  const { host, port, repositoryDirectory, branch, logger } = options;
  const dashboards = new Dashboards({
    repository: new BareRepository(repositoryDirectory),
    branch,
    logger,
  });
  return serve({
    name: 'sandbox Grafana',
    portFlag: '--grafana-port',
    host,
    port,
    createApp: () => {
      const app = express().disable('x-powered-by');
      app.use(loopbackOnly);
      app.use('/api', createGrafanaApiRouter(dashboards));
      app.use(createGrafanaPagesRouter(dashboards));
      return app;
    },
  });
}
