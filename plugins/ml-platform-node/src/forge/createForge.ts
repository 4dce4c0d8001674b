import { InputError, NotImplementedError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { Forge } from './Forge';
import { GiteaForge } from './GiteaForge';

/**
 * The forge that has the platform repository, by the type of its entry in Backstage's `integrations`.
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
      'mlPlatform.repository.url: no entry of `integrations` has its host. Add one under `integrations.gitea`.',
    );
  }
  throw new NotImplementedError(
    `mlPlatform.repository.url: it is on a host of \`integrations.${other.type}\`. Pull requests work on Gitea only so far; GitHub and GitLab are not supported yet.`,
  );
}
