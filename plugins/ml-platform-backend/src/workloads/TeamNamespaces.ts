import {
  ownerOfNamespace,
  type ClusterStore,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../views/IncrementalView';

/** By team: the namespace of each environment. */
export type NamespacesByTeam = Map<string, Map<string, string>>;

/** Which namespaces of a cluster are whose, by the labels that only the platform sets. */
export class TeamNamespaces {
  static create(options: { store: ClusterStore }): TeamNamespaces {
    return new TeamNamespaces(options.store);
  }

  readonly #view: IncrementalView<NamespacesByTeam>;

  private constructor(store: ClusterStore) {
    this.#view = IncrementalView.create({
      store,
      types: ['namespaces'],
      clusterOf: cluster => cluster,
      keysOf: ({ cluster, type }) => (type === 'namespaces' ? [cluster] : []),
      make: async cluster => {
        const { items } = await store.list(cluster, 'namespaces');
        const found: NamespacesByTeam = new Map();
        for (const namespace of items) {
          const owner = ownerOfNamespace(namespace);
          if (owner) {
            const { team, environment } = owner;
            const ofTeam = found.get(team) ?? new Map<string, string>();
            found.set(team, ofTeam.set(environment, namespace.metadata.name));
          }
        }
        return found;
      },
    });
  }

  get(cluster: string): Promise<NamespacesByTeam> {
    return this.#view.get(cluster);
  }
}
