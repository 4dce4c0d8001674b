import { randomBytes } from 'node:crypto';
import type { RealPlatform } from './startRealPlatform';

/** The variables that app-config.real.yaml uses. */
export function portalEnvironment({
  kubernetes,
  gitea,
  argocd,
}: Pick<RealPlatform, 'kubernetes' | 'gitea' | 'argocd'>): Record<
  string,
  string
> {
  if (!kubernetes || !gitea || !argocd) {
    throw new Error('The portal needs a platform with Argo CD.');
  }
  return {
    PLATFORM_ARGOCD_URL: argocd.url,
    PLATFORM_GITEA_HOST: new URL(gitea.url).host,
    PLATFORM_GITEA_TOKEN: gitea.accounts['portal-bot'].token,
    PLATFORM_KUBERNETES_CA_FILE: kubernetes.caFile,
    PLATFORM_KUBERNETES_TOKEN: kubernetes.readerToken,
    PLATFORM_KUBERNETES_URL: kubernetes.url,
    // Signatures of the portal stay valid for the lifetime of this platform.
    PLATFORM_TRAILER_SECRET: randomBytes(32).toString('hex'),
  };
}
