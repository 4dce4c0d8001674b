import { join } from 'node:path';
import { startForge } from './forge';
import { startGrafana } from './grafana';
import type { RunningServer } from './http/serve';
import { startKubernetes } from './kubernetes';
import type { SandboxLogger } from './logger';

export interface Sandbox {
  forgeUrl: string;
  /** Clone URL of the platform repository. */
  repositoryUrl: string;
  /** Command for people, which clones the platform repository with its credentials. */
  cloneCommand: string;
  kubernetesUrl: string;
  grafanaUrl: string;
  /** Resolves when Argo CD has applied the current head of the default branch. */
  sync(): Promise<void>;
  stop(): Promise<void>;
}

interface SandboxOptions {
  /** Directory for all state; created when missing. */
  stateDirectory: string;
  /** Directories of the platform repository's initial commit. */
  seedDirectories: { infra: string; templates: string };
  /** Ports; 0, the default, selects free ones. */
  ports?: { forge?: number; kubernetes?: number; grafana?: number };
  host?: string;
  /** Webhook of the platform repository. */
  webhook?: { url: string; secret: string };
  logger: SandboxLogger;
}

/** Starts the simulated forge, Kubernetes API and Grafana in this process. */
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
      cloneCommand: forge.cloneCommand,
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
