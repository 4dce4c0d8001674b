import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { startRealPlatform } from '@internal/real-platform';
import { platformContent } from '../paths';
import { ForgeApi } from './ForgeApi';
import { KubernetesApi } from './KubernetesApi';
import { PlatformClone } from './PlatformClone';
import type { Target } from './Target';

/** A real platform, with access that only real systems have. */
export interface RealTarget extends Target {
  /** The administrator's kubeconfig. */
  kubeconfig: string;
  /** The API as a user without rights. */
  outsider: KubernetesApi;
}

export async function startRealTarget(): Promise<RealTarget> {
  const platform = await startRealPlatform({ content: platformContent });
  const { kubernetes, gitea } = platform;
  if (!kubernetes || !gitea) {
    throw new Error('The real platform started without Kubernetes or Gitea');
  }
  const { url, readerToken, outsiderToken, kubeconfig } = kubernetes;
  const authority = await readFile(kubernetes.caFile, 'utf8');
  const forge = new ForgeApi({
    url: gitea.url,
    repositoryUrl: gitea.repositoryUrl,
    tokens: {
      'portal-bot': gitea.accounts['portal-bot'].token,
      'platform-engineer': gitea.accounts['platform-engineer'].token,
      argocd: gitea.accounts.argocd.token,
    },
  });
  const repository = await PlatformClone.create(forge);
  const api = new KubernetesApi({ url, token: readerToken, authority });
  await enforceQuota(api, kubeconfig);
  return {
    kind: 'real',
    forge,
    repository,
    kubeconfig,
    kubernetes: api,
    outsider: new KubernetesApi({ url, token: outsiderToken, authority }),
    stop: async () => {
      await platform.stop();
      await repository.remove();
    },
  };
}

/**
 * Deletes the pod that the quota of its namespace would refuse. Argo CD applies tenants and workloads at the same time, so
 * that both pods of the Deployment may be older than the quota, which does not concern existing pods.
 */
async function enforceQuota(api: KubernetesApi, kubeconfig: string) {
  const core = '/api/v1/namespaces/team-b-dev';
  await api.settled(
    `${core}/resourcequotas/tenant`,
    ({ status }) => status?.used !== undefined,
  );
  const pods = await api.settledList(
    `${core}/pods`,
    {},
    items =>
      items.length > 0 &&
      items.every(({ status }) => status?.phase === 'Running'),
  );
  for (const { metadata } of pods.slice(1)) {
    await promisify(execFile)('kubectl', [
      `--kubeconfig=${kubeconfig}`,
      '--namespace=team-b-dev',
      'delete',
      'pod',
      metadata.name,
    ]);
  }
}
