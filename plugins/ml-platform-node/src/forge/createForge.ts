import { InputError, NotImplementedError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import type { Forge } from './Forge';
import { GiteaForge } from './gitea/GiteaForge';
import { GithubForge } from './github/GithubForge';
import { GitlabForge } from './gitlab/GitlabForge';

/**
 * Creates the client of the forge with the platform repository, by the type of its entry in Backstage's `integrations`.
 *
 * @param repository.account - login of the portal's account, where `integrations` does not name it.
 * @throws InputError or NotImplementedError naming the key to change.
 */
export function createForge(
  repository: { url: string; account?: string },
  integrations: ScmIntegrationRegistry,
): Forge {
  const { url: repositoryUrl, account } = repository;
  const gitea = integrations.gitea.byUrl(repositoryUrl);
  if (gitea) {
    return new GiteaForge({
      repositoryUrl,
      integration: gitea.config,
      account,
    });
  }
  const github = integrations.github.byUrl(repositoryUrl);
  if (github) {
    return new GithubForge({
      repositoryUrl,
      integration: github.config,
      credentials:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      account,
    });
  }
  const gitlab = integrations.gitlab.byUrl(repositoryUrl);
  if (gitlab) {
    return new GitlabForge({
      repositoryUrl,
      integration: gitlab.config,
      account,
    });
  }
  const other = integrations.byUrl(repositoryUrl);
  if (!other) {
    throw new InputError(
      'mlPlatform.repository.url: its host has no entry in `integrations`. Add one under `integrations.gitea`, `integrations.github` or `integrations.gitlab`.',
    );
  }
  throw new NotImplementedError(
    `mlPlatform.repository.url: its host is in \`integrations.${other.type}\`. Gitea, GitHub and GitLab are supported.`,
  );
}
