import { TEAM_LABEL } from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  Listing,
  TeamScope,
} from '@internal/plugin-ml-platform-node';

/** Namespaces of the teams in the scope; with `team`, of that team only. Only the platform can set the team label. */
export async function namespacesOfTeams(options: {
  store: ClusterStore;
  cluster: string;
  scope: TeamScope;
  team: string | undefined;
}): Promise<{ namespaces: string[]; problem: Listing['problem'] }> {
  const { store, cluster, scope, team } = options;
  const { items, problem } = await store.list(cluster, 'namespaces');
  const namespaces = items
    .filter(({ metadata }) => {
      const owner = metadata.labels?.[TEAM_LABEL];
      return (
        owner !== undefined &&
        (team === undefined || owner === team) &&
        scope.includes(owner)
      );
    })
    .map(({ metadata }) => metadata.name);
  return { namespaces, problem };
}
