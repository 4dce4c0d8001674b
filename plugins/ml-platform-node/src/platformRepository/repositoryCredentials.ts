import type { ScmIntegrationRegistry } from '@backstage/integration';

export interface RepositoryCredentials {
  username: string;
  password: string;
}

/** What Git logs in with, from Backstage's `integrations`; undefined for anonymous reading. */
export function repositoryCredentials(
  repositoryUrl: string,
  integrations: ScmIntegrationRegistry,
): RepositoryCredentials | undefined {
  const config = integrations.gitea.byUrl(repositoryUrl)?.config;
  if (!config?.password) {
    return undefined;
  }
  // Gitea takes a token as password of any user name.
  return {
    username: config.username ?? 'ml-platform-portal',
    password: config.password,
  };
}
