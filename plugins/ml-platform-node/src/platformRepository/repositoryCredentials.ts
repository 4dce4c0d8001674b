import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';

import { unreachable } from './gitFailure';

export interface RepositoryCredentials {
  username: string;
  password: string;
}

/** Asked for before each Git command, since the tokens of GitHub Apps expire after an hour. */
export type RepositoryCredentialsProvider = () => Promise<
  RepositoryCredentials | undefined
>;

/** Reads Git's credentials from Backstage's `integrations`; undefined for anonymous access. */
export function repositoryCredentials(
  repositoryUrl: string,
  integrations: ScmIntegrationRegistry,
): RepositoryCredentialsProvider {
  if (integrations.github.byUrl(repositoryUrl)) {
    const provider =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    const url = repositoryUrl.replace(/\/$/, '').replace(/\.git$/, '');
    return async () => {
      try {
        const { token } = await provider.getCredentials({ url });
        return withToken('x-access-token', token);
      } catch {
        // Messages of the provider contain the host name.
        throw unreachable();
      }
    };
  }
  const gitlab = integrations.gitlab.byUrl(repositoryUrl)?.config;
  if (gitlab) {
    return async () => withToken('oauth2', gitlab.token);
  }
  const gitea = integrations.gitea.byUrl(repositoryUrl)?.config;
  // Gitea accepts a token as the password of any user name.
  return async () =>
    withToken(gitea?.username ?? 'ml-platform-portal', gitea?.password);
}

function withToken(
  username: string,
  password: string | undefined,
): RepositoryCredentials | undefined {
  return password ? { username, password } : undefined;
}
