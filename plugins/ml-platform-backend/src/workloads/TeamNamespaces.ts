import {
  ownerOfNamespace,
  type ClusterStore,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../views/IncrementalView';

/** Namespace names by team, then by environment. */
export type NamespacesByTeam = Map<string, Map<string, string>>;

/** Namespaces of the teams in each cluster, by labels that only the platform can set. */
export class TeamNamespaces {
  readonly #view: IncrementalView<NamespacesByTeam>;

  constructor({ store }: { store: ClusterStore }) {
    this.#view = new IncrementalView({
      store,
      types: ['namespaces'],
      clusterOf: cluster => cluster,
      affectedKeys: ({ cluster, type }) =>
        type === 'namespaces' ? [cluster] : [],
      compute: async cluster => {
        const { items } = await store.list(cluster, 'namespaces');
        const byTeam: NamespacesByTeam = new Map();
        for (const namespace of items) {
          const owner = ownerOfNamespace(namespace);
          if (owner) {
            const { team, environment } = owner;
            const byEnvironment = byTeam.get(team) ?? new Map<string, string>();
            byTeam.set(
              team,
              byEnvironment.set(environment, namespace.metadata.name),
            );
          }
        }
        return byTeam;
      },
    });
  }

  get(cluster: string): Promise<NamespacesByTeam> {
    return this.#view.get(cluster);
  }
}
