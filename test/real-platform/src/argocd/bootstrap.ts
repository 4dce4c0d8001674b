import { join } from 'node:path';
import { GiteaClient } from '../forge/GiteaClient';
import type { RunningGitea } from '../forge/startGitea';
import type { Kubectl } from '../kubernetes/Kubectl';
import type { RunningArgocd } from './startArgocd';

/** The URL of the platform repository in its manifests, which the bootstrap of a cluster replaces. */
const PLACEHOLDER = 'https://git.example.com/acme/platform.git';

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
  if (!root.includes(PLACEHOLDER)) {
    throw new Error(
      `The bootstrap does not contain the repository ${PLACEHOLDER}`,
    );
  }
  await kubectl.apply(['-'], {
    input: root.replaceAll(PLACEHOLDER, repositoryUrl),
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
