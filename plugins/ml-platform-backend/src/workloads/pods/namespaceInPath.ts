import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterStore,
  TeamPermission,
} from '@internal/plugin-ml-platform-node';
import type { RoutePermission } from '../../http/RoutePermission';
import { notFound, type Caller } from '../../http/TeamAccess';

interface NamespaceInput {
  params: { cluster: string; namespace: string };
}

/** Requires the permission for the team that owns the namespace in the path. */
export function namespaceInPath(
  permission: TeamPermission,
  store: ClusterStore,
): RoutePermission<NamespaceInput, Caller> {
  return {
    permissions: [permission],
    description: `Needs \`${permission.name}\` for the team that owns the namespace.`,
    denied: 404,
    readsInput: false,
    authorize: async ({ access, request, input }) => {
      const { cluster, namespace } = input.params;
      const { credentials, scope } = await access.scope(request, permission);
      const owner = await store.owner(cluster, namespace);
      if (!owner || !scope.includes(owner.team)) {
        await assertReadable(store, cluster);
        throw notFound();
      }
      return { credentials };
    },
  };
}

/**
 * A cluster that could not be read may own any namespace. Saying so reveals nothing about the namespace.
 *
 * @throws ServiceUnavailableError when the namespaces of a known cluster have never been read.
 */
async function assertReadable(
  store: ClusterStore,
  cluster: string,
): Promise<void> {
  if (!store.clusters().includes(cluster)) {
    return;
  }
  const { asOf, problem } = await store.list(cluster, 'namespaces');
  if (problem && !asOf) {
    throw new ServiceUnavailableError(problem.message);
  }
}
