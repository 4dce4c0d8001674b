import { readFile } from 'node:fs/promises';
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
  return {
    kind: 'real',
    forge,
    repository,
    kubeconfig,
    kubernetes: new KubernetesApi({ url, token: readerToken, authority }),
    outsider: new KubernetesApi({ url, token: outsiderToken, authority }),
    stop: async () => {
      await platform.stop();
      await repository.remove();
    },
  };
}
