import { join } from 'node:path';
import { GiteaClient } from '../forge/GiteaClient';
import type { RunningGitea } from '../forge/startGitea';
import type { Kubectl } from '../kubernetes/Kubectl';
import type { RunningArgocd } from './startArgocd';

/** Applies the root of the platform repository, as a platform team does once per cluster, and creates Gitea's webhook to Argo CD. */
export async function bootstrap(options: {
  content: string;
  repositoryUrl: string;
  kubectl: Kubectl;
  gitea: RunningGitea;
  argocd: RunningArgocd;
}): Promise<void> {
  const { content, repositoryUrl, kubectl, gitea, argocd } = options;
  const root = await kubectl.run([
    'kustomize',
    join(content, 'infra/gitops/bootstrap/argocd'),
  ]);
  // The plan's repository, which the bootstrap of a cluster replaces.
  const [, planned] = /^ *repoURL: (\S+)$/m.exec(root) ?? [];
  if (!planned) {
    throw new Error('The bootstrap contains no repository');
  }
  await kubectl.apply(['-'], {
    input: root.replaceAll(planned, repositoryUrl),
  });
  const { pathname } = new URL(repositoryUrl);
  await new GiteaClient({
    url: gitea.url,
    ...gitea.accounts['platform-engineer'],
  }).request('POST', `/repos${pathname.replace(/\.git$/, '')}/hooks`, {
    type: 'gitea',
    active: true,
    events: ['push'],
    config: {
      url: argocd.webhook.url,
      content_type: 'json',
      secret: argocd.webhook.secret,
    },
  });
}
