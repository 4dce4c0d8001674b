import { readFile } from 'node:fs/promises';
import { startRealPlatform } from '@internal/real-platform';
import { platformContent } from '../paths';
import { ForgeApi } from './ForgeApi';
import { KubernetesApi } from './KubernetesApi';
import { PlatformClone } from './PlatformClone';
import type { Target } from './Target';

/** A real platform, with what only real systems have. */
export interface RealTarget extends Target {
  /** Of the administrator, for kubectl. */
  kubeconfig: string;
  /** An identity that the API server knows, and that has no rights. */
  outsider: KubernetesApi;
}

export async function startRealTarget(): Promise<RealTarget> {
  const platform = await startRealPlatform({ content: platformContent });
  const { kubernetes, gitea } = platform;
  if (!kubernetes || !gitea) {
    throw new Error('The real platform came up without a part of it');
  }
  const { url, readerToken, outsiderToken, kubeconfig } = kubernetes;
  const authority = await readFile(kubernetes.caFile, 'utf8');
  const forge = ForgeApi.create({
    url: gitea.url,
    repositoryUrl: gitea.repositoryUrl,
    tokens: {
      'portal-bot': gitea.accounts['portal-bot'].token,
      'platform-engineer': gitea.accounts['platform-engineer'].token,
      argocd: gitea.accounts.argocd.token,
    },
  });
  const repository = await PlatformClone.of(forge);
  return {
    kind: 'real',
    forge,
    repository,
    kubeconfig,
    kubernetes: KubernetesApi.create({ url, token: readerToken, authority }),
    outsider: KubernetesApi.create({ url, token: outsiderToken, authority }),
    stop: async () => {
      await platform.stop();
      await repository.remove();
    },
  };
}
