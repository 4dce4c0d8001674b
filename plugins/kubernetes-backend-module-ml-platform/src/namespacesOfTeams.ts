import {
  ownerOfNamespace,
  type ClusterStore,
  type Listing,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';

/** Namespaces that teams in the scope own; with `team`, only those of that team. */
export async function namespacesOfTeams(options: {
  store: ClusterStore;
  cluster: string;
  scope: TeamScope;
  team: string | undefined;
}): Promise<{ namespaces: string[]; problem: Listing['problem'] }> {
  const { store, cluster, scope, team } = options;
  const { items, problem } = await store.list(cluster, 'namespaces');
  const namespaces = items
    .filter(namespace => {
      const owner = ownerOfNamespace(namespace);
      return (
        owner !== undefined &&
        (team === undefined || owner.team === team) &&
        scope.includes(owner.team)
      );
    })
    .map(({ metadata }) => metadata.name);
  return { namespaces, problem };
}
