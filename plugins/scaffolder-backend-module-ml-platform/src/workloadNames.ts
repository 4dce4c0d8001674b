import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';
import {
  RepositoryWorkloads,
  listPullRequestsForName,
  nameConflicts,
  type Forge,
  type MlPlatformConfig,
  type PlatformRepository,
  type WorkloadPath,
} from '@internal/plugin-ml-platform-node';

interface NameServices {
  auth: AuthService;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  repository: PlatformRepository;
}

/**
 * Checks that no other team has, or has requested, a workload of a name, and that the catalog has no entity of it.
 *
 * @throws ConflictError that says nothing about other teams.
 */
export async function assertNameIsFree(
  services: NameServices,
  workload: WorkloadPath,
  commit: string,
): Promise<void> {
  const refs = ['component', 'api', 'resource'].map(
    kind => `${kind}:default/${workload.workload}`,
  );
  const requested = await listPullRequestsForName(services.forge, workload);
  if (
    requested.some(({ target }) => target.team !== workload.team) ||
    (await refsInUse(services, { workload, refs, commit })).length > 0
  ) {
    throw nameInUseError(workload);
  }
}

/** The error for a name of another team. */
export function nameInUseError(target: {
  team: string;
  workload?: string;
}): ConflictError {
  return new ConflictError(
    `The name ${
      target.workload ?? target.team
    } is already in use. Choose another name.`,
  );
}

/** Finds which entities of a workload belong to another workload, in the platform repository or in the catalog. */
export async function refsInUse(
  services: Omit<NameServices, 'forge'>,
  options: { workload: WorkloadPath; refs: string[]; commit: string },
): Promise<string[]> {
  const { auth, catalog, config, repository } = services;
  const { workload, refs, commit } = options;
  const { rootDirectory } = config.repository;
  const source = new RepositoryWorkloads({ repository, commit, rootDirectory });
  const conflicts = await nameConflicts(source, workload, refs);
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: refs },
    // What the person may see must not decide what is free.
    { credentials: await auth.getOwnServiceCredentials() },
  );
  return refs.filter((ref, index) => {
    const { annotations } = items[index]?.metadata ?? {};
    const isForeign =
      items[index] !== undefined &&
      (annotations?.[TEAM_ANNOTATION] !== workload.team ||
        annotations[WORKLOAD_ANNOTATION] !== workload.workload);
    return isForeign || conflicts.some(conflict => conflict.ref === ref);
  });
}
