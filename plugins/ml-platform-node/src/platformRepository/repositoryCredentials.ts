import type { ScmIntegrationRegistry } from '@backstage/integration';

export interface RepositoryCredentials {
  username: string;
  password: string;
}

/** Reads Git's credentials from Backstage's `integrations`; undefined for anonymous access. */
export function repositoryCredentials(
  repositoryUrl: string,
  integrations: ScmIntegrationRegistry,
): RepositoryCredentials | undefined {
  const config = integrations.gitea.byUrl(repositoryUrl)?.config;
  if (!config?.password) {
    return undefined;
  }
  // Gitea accepts a token as the password of any user name.
  return {
    username: config.username ?? 'ml-platform-portal',
    password: config.password,
  };
}
