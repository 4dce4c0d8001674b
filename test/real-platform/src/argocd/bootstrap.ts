import { join } from 'node:path';
import { GiteaClient } from '../forge/GiteaClient';
import type { RunningGitea } from '../forge/startGitea';
import type { Kubectl } from '../kubernetes/Kubectl';
import type { RunningArgocd } from './startArgocd';

/** What the platform repository calls itself until a cluster's bootstrap says where it is. */
const PLACEHOLDER = 'https://git.example.com/acme/platform.git';

/** Applies the platform repository's root, as a platform team does once for each cluster, and has Gitea tell Argo CD about pushes. */
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
  if (!root.includes(PLACEHOLDER)) {
    throw new Error(`The bootstrap names no repository ${PLACEHOLDER}`);
  }
  await kubectl.apply(['-'], {
    input: root.replaceAll(PLACEHOLDER, repositoryUrl),
  });
  const { pathname } = new URL(repositoryUrl);
  await GiteaClient.create({
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
