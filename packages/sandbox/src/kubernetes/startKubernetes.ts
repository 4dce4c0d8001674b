import { join } from 'node:path';
import { Reconciler, type SavedApplication } from '../argocd';
import {
  ClusterState,
  ControllerLoop,
  createCluster,
  createControllers,
} from '../controllers';
import { type RunningServer, serve } from '../http/serve';
import type { SandboxLogger } from '../logger';
import { SavedState } from '../SavedState';
import { createImageScanner } from '../trivy/createImageScanner';
import { createApiHandler } from './createApiHandler';
import { ObjectStore } from './ObjectStore';

interface KubernetesOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Directory for the objects and sync histories, which survive a restart; created when missing. */
  stateDirectory: string;
  /** The bare platform repository that Argo CD deploys from. */
  repositoryDirectory: string;
  branch: string;
  /** URL of the repository in manifests. */
  repositoryUrl: string;
  /** Registers a listener for pushes. The branch is polled each second as well. */
  onPush: (listener: () => void) => unknown;
  logger: SandboxLogger;
}

export interface RunningKubernetes extends RunningServer {
  /** Resolves when the current head of the branch has been applied. */
  sync(): Promise<void>;
}

/** Starts a simulated cluster: the API server, the controllers, Argo CD and Trivy Operator. */
export async function startKubernetes(
  options: KubernetesOptions,
): Promise<RunningKubernetes> {
  const {
    host,
    port,
    stateDirectory,
    repositoryDirectory,
    branch,
    repositoryUrl,
    onPush,
    logger,
  } = options;
  const now = Date.now;
  const store = new ObjectStore({ now });
  createCluster(store, now());
  const cluster = await ClusterState.open(stateDirectory);
  cluster.attach(store);
  const saved = await SavedState.open<SavedApplication>(
    join(stateDirectory, 'applications.json'),
  );
  const controllers = [...createControllers(), createImageScanner()];
  const loop = new ControllerLoop({ store, controllers, now, logger });
  const reconciler = new Reconciler({
    store,
    saved,
    applied: cluster.applied,
    repositoryDirectory,
    repositoryUrl,
    branch,
    now,
    logger,
  });
  const server = await serve({
    name: "sandbox's Kubernetes API",
    portFlag: '--kubernetes-port',
    host,
    port,
    createApp: () => createApiHandler({ store, repositoryUrl, now, logger }),
  });
  loop.start();
  reconciler.start();
  onPush(() => reconciler.sync());
  return {
    url: server.url,
    sync: () => reconciler.sync(),
    stop: async () => {
      await reconciler.stop();
      loop.stop();
      await server.stop();
      await Promise.all([cluster.close(), saved.close()]);
    },
  };
}
