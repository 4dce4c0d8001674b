import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type {
  ClusterObjects,
  CustomResourceMatcher,
  KubernetesFetchError,
  ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';
import type {
  ClusterDetails,
  CustomResourcesByEntity,
  KubernetesClustersSupplier,
  KubernetesObjectsByEntity,
  KubernetesObjectsProvider,
  ObjectToFetch,
} from '@backstage/plugin-kubernetes-node';
import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_ID_LABEL,
  TEAM_ANNOTATION,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  Listing,
  TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';
import { namespacesOfTeams } from './namespacesOfTeams';
import { storedType, type ReadableType } from './storedType';
import { toFetchResponse } from './toFetchResponse';

interface TeamObjectsProviderOptions {
  auth: AuthService;
  authorizer: TeamAuthorizer;
  store: ClusterStore;
  clusterSupplier: KubernetesClustersSupplier;
  /** Object types that the Kubernetes plugin is configured to show. */
  objectTypes: ObjectToFetch[];
  /** Custom resources from the configuration; others are not read. */
  customResources: CustomResourceMatcher[];
}

/**
 * Serves the Kubernetes plugin's routes from namespaces of teams that the caller may read. Ownership comes from the
 * namespaces' labels; an entity's annotations can narrow the result, never widen it.
 */
export class TeamObjectsProvider implements KubernetesObjectsProvider {
  readonly #options: TeamObjectsProviderOptions;

  constructor(options: TeamObjectsProviderOptions) {
    this.#options = options;
  }

  async getKubernetesObjectsByEntity(
    { entity }: KubernetesObjectsByEntity,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    const { objectTypes, customResources } = this.#options;
    return this.#read(entity, credentials, cluster => [
      ...objectTypes,
      ...(cluster.customResources ?? customResources).map(asCustomResource),
    ]);
  }

  async getCustomResourcesByEntity(
    { entity, customResources }: CustomResourcesByEntity,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<ObjectsByEntityResponse> {
    return this.#read(entity, credentials, cluster =>
      (cluster.customResources ?? this.#options.customResources)
        .filter(allowed =>
          customResources.some(
            ({ group, apiVersion, plural }) =>
              group === allowed.group &&
              apiVersion === allowed.apiVersion &&
              plural === allowed.plural,
          ),
        )
        .map(asCustomResource),
    );
  }

  async #read(
    entity: Entity | undefined,
    credentials: BackstageCredentials,
    typesOf: (cluster: ClusterDetails) => ObjectToFetch[],
  ): Promise<ObjectsByEntityResponse> {
    const { auth, authorizer, clusterSupplier, store } = this.#options;
    if (!entity || !auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Kubernetes objects can be read by users only, for a catalog entity',
      );
    }
    const scope = await authorizer.scope(teamReadPermission, { credentials });
    const clusters = (
      await clusterSupplier.getClusters({ credentials })
    ).filter(({ name }) => store.clusters().includes(name));
    const items = await Promise.all(
      clusters.map(async cluster => {
        const { namespaces, problem } = await namespacesOfTeams({
          store,
          cluster: cluster.name,
          scope,
          team: entity.metadata.annotations?.[TEAM_ANNOTATION],
        });
        const types = typesOf(cluster).flatMap(type => storedType(type) ?? []);
        const read = await Promise.all(
          types.map(type =>
            this.#readType(cluster.name, type, namespaces, entity),
          ),
        );
        return toClusterObjects(cluster, read, [
          problem,
          ...read.flatMap(({ listings }) => listings.map(each => each.problem)),
        ]);
      }),
    );
    return {
      items: items.filter(
        ({ errors, resources }) =>
          errors.length > 0 ||
          resources.some(({ resources: found }) => found.length > 0),
      ),
    };
  }

  async #readType(
    cluster: string,
    type: ReadableType,
    namespaces: string[],
    entity: Entity,
  ): Promise<{ type: ReadableType; listings: Listing[] }> {
    const { annotations } = entity.metadata;
    const id = annotations?.[KUBERNETES_ID_ANNOTATION] ?? entity.metadata.name;
    const listings = await Promise.all(
      namespaces.map(namespace =>
        this.#options.store.list(cluster, type.stored, {
          namespace,
          labels: { [KUBERNETES_ID_LABEL]: id },
        }),
      ),
    );
    return { type, listings };
  }
}

function toClusterObjects(
  cluster: ClusterDetails,
  read: Array<{ type: ReadableType; listings: Listing[] }>,
  problems: Array<Listing['problem']>,
): ClusterObjects {
  const messages = new Set(problems.flatMap(problem => problem?.message ?? []));
  return {
    cluster: {
      name: cluster.name,
      title: cluster.title,
      dashboardUrl: cluster.dashboardUrl,
      dashboardApp: cluster.dashboardApp,
      dashboardParameters: cluster.dashboardParameters,
    },
    podMetrics: [],
    resources: read.map(({ type, listings }) =>
      toFetchResponse(
        type.objectType,
        listings.flatMap(({ items }) => items),
      ),
    ),
    errors: [...messages].map(
      (message): KubernetesFetchError => ({
        errorType: 'FETCH_ERROR',
        message,
      }),
    ),
  };
}

function asCustomResource(matcher: CustomResourceMatcher): ObjectToFetch {
  return { ...matcher, objectType: 'customresources' };
}
