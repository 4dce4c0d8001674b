import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { RunningGitea } from '../forge/startGitea';
import type { ControlPlane } from '../kubernetes/startControlPlane';
import type { Platform } from '../Platform';
import { freePorts } from '../processes/freePorts';
import { run } from '../processes/run';
import { ArgocdClient } from './ArgocdClient';
import {
  ARGOCD_ACCOUNT,
  ARGOCD_NAMESPACE,
  argocdConfiguration,
} from './configuration';
import { createPrograms, startProcesses } from './startProcesses';

export interface RunningArgocd {
  url: string;
  adminPassword: string;
  /** Token of an account that can only read. */
  viewerToken: string;
  webhook: { url: string; secret: string };
}

/** Starts Argo CD without Applications. It reads Gitea's repositories, and deploys to the control plane. */
export async function startArgocd(
  platform: Platform,
  systems: BuiltSystems,
  { controlPlane, gitea }: { controlPlane: ControlPlane; gitea: RunningGitea },
): Promise<RunningArgocd> {
  const { kubectl, kubeconfigs } = controlPlane;
  const bin = await createPrograms(platform, systems);
  const { port } = await freePorts(['port']);
  const url = `http://127.0.0.1:${port}`;
  const adminPassword = randomBytes(16).toString('hex');
  const webhookSecret = randomBytes(16).toString('hex');
  const adminPasswordHash = await run(
    join(bin, 'argocd'),
    ['account', 'bcrypt', `--password=${adminPassword}`],
    { environment: platform.environment },
  );

  await kubectl.applyObjects([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: ARGOCD_NAMESPACE },
    },
  ]);
  const defaults = await kubectl.run([
    'kustomize',
    join(systems.argocd, 'share/configuration'),
  ]);
  await kubectl.apply(['-'], { input: defaults, namespace: ARGOCD_NAMESPACE });
  const { username, token } = gitea.accounts.argocd;
  await kubectl.applyObjects(
    argocdConfiguration({
      url,
      secrets: {
        adminPasswordHash: adminPasswordHash.trim(),
        webhookSecret,
      },
      forge: { url: gitea.url, username, password: token },
    }),
  );

  await startProcesses(platform, {
    bin,
    kubeconfig: kubeconfigs.admin,
    port,
  });
  const session = await new ArgocdClient({ url }).signIn(
    'admin',
    adminPassword,
  );
  const viewerToken = await new ArgocdClient({
    url,
    token: session,
  }).createToken(ARGOCD_ACCOUNT);
  return {
    url,
    adminPassword,
    viewerToken,
    webhook: { url: `${url}/api/webhook`, secret: webhookSecret },
  };
}
