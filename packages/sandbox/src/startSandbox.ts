import { join } from 'node:path';
import { startForge } from './forge';
import { startGrafana } from './grafana';
import type { RunningServer } from './http/serve';
import { startKubernetes } from './kubernetes';
import type { SandboxLogger } from './logger';

export interface Sandbox {
  forgeUrl: string;
  /** The address to clone the platform repository from. */
  repositoryUrl: string;
  kubernetesUrl: string;
  grafanaUrl: string;
  /** Resolves when the cluster is as the default branch says, as of now. */
  sync(): Promise<void>;
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
  /** Who the forge tells of what happens in the repository. */
  webhook?: { url: string; secret: string };
  logger: SandboxLogger;
}

/** Starts forge, Kubernetes API and Grafana search in this process. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {
    stateDirectory,
    seedDirectories,
    ports = {},
    host = '127.0.0.1',
    webhook,
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
      webhook,
      logger,
    });
    running.push(forge);
    const { repositoryDirectory, repositoryUrl, branch, onPush } = forge;
    const grafana = await startGrafana({
      host,
      port: ports.grafana ?? 0,
      repositoryDirectory,
      branch,
      logger,
    });
    running.push(grafana);
    const kubernetes = await startKubernetes({
      host,
      port: ports.kubernetes ?? 0,
      stateDirectory: join(stateDirectory, 'kubernetes'),
      repositoryDirectory,
      repositoryUrl,
      branch,
      onPush,
      logger,
    });
    running.push(kubernetes);
    return {
      forgeUrl: forge.url,
      repositoryUrl,
      kubernetesUrl: kubernetes.url,
      grafanaUrl: grafana.url,
      sync: kubernetes.sync,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
