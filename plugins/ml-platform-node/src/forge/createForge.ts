import { InputError, NotImplementedError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { Forge } from './Forge';
import { GiteaForge } from './GiteaForge';

/**
 * Creates the client of the forge with the platform repository, by the type of its entry in Backstage's `integrations`.
 *
 * @throws InputError or NotImplementedError naming the key to change.
 */
export function createForge(
  repositoryUrl: string,
  integrations: ScmIntegrationRegistry,
): Forge {
  const gitea = integrations.gitea.byUrl(repositoryUrl);
  if (gitea) {
    return GiteaForge.create({ repositoryUrl, integration: gitea.config });
  }
  const other = integrations.byUrl(repositoryUrl);
  if (!other) {
    throw new InputError(
      'mlPlatform.repository.url: its host has no entry in `integrations`. Add one under `integrations.gitea`.',
    );
  }
  throw new NotImplementedError(
    `mlPlatform.repository.url: its host is in \`integrations.${other.type}\`. Only Gitea is supported; GitHub and GitLab are not supported yet.`,
  );
}
