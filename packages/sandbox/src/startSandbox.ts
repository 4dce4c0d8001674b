import { join } from 'node:path';
import { startForge } from './forge';
import { startGrafana } from './grafana';
import type { RunningServer } from './http/serve';
import type { SandboxLogger } from './logger';

export interface Sandbox {
  forgeUrl: string;
  /** The address to clone the platform repository from. */
  repositoryUrl: string;
  grafanaUrl: string;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** Where the sandbox keeps everything; made when it is not there. */
  stateDirectory: string;
  /** What the platform repository holds at first. */
  seedDirectories: { infra: string; templates: string };
  /** Fixed ports; 0, the default, takes free ones. */
  ports?: { forge?: number; kubernetes?: number; grafana?: number };
  host?: string;
  logger: SandboxLogger;
}

/** Starts forge, Kubernetes API and Grafana search in this process. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    stateDirectory,
    seedDirectories,
    ports = {},
    host = '127.0.0.1',
    logger,
  } = options;
  const running: RunningServer[] = [];
  const stop = async () => {
    for (const server of running.splice(0).reverse()) {
      await server.stop();
    }
  };
  try {
    const forge = await startForge({
      host,
      port: ports.forge ?? 0,
      stateDirectory: join(stateDirectory, 'forge'),
      seedDirectories,
      logger,
    });
    running.push(forge);
    const { repositoryDirectory, branch } = forge;
    const grafana = await startGrafana({
      host,
      port: ports.grafana ?? 0,
      repositoryDirectory,
      branch,
      logger,
    });
    running.push(grafana);
    return {
      forgeUrl: forge.url,
      repositoryUrl: forge.repositoryUrl,
      grafanaUrl: grafana.url,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
