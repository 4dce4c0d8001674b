import { ServiceUnavailableError } from '@backstage/errors';
import {
  ownerOfApplication,
  parseStoredObjects,
  type Application,
  type ClusterStore,
  type StoredObject,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';

interface ApplicationReaderOptions {
  store: ClusterStore;
}

/** Reads Argo CD Applications from the cluster store, so no Argo CD token or session is needed. */
export class ApplicationReader {
  readonly #store: ClusterStore;

  constructor(options: ApplicationReaderOptions) {
    this.#store = options.store;
  }

  /**
   * Lists Applications that teams of the scope own. While a cluster is down, its last known Applications are returned.
   *
   * @throws ServiceUnavailableError when a cluster was never read: an empty list would claim that it has no Applications.
   */
  async list(
    scope: TeamScope,
    filter: { name?: string; labels?: Record<string, string> },
  ): Promise<Application[]> {
    const listings = await Promise.all(
      this.#store
        .clusters()
        .map(cluster =>
          this.#store.list(cluster, 'applications', { labels: filter.labels }),
        ),
    );
    const unread = listings.find(({ asOf, problem }) => problem && !asOf);
    if (unread?.problem) {
      throw new ServiceUnavailableError(unread.problem.message);
    }
    const readable = listings
      .flatMap(({ items }) => items)
      .filter(
        application =>
          isOwnedWithin(scope, application) &&
          (filter.name === undefined ||
            application.metadata.name === filter.name),
      );
    return parseStoredObjects('applications', readable);
  }
}

function isOwnedWithin(scope: TeamScope, application: StoredObject): boolean {
  const owner = ownerOfApplication(application);
  return owner !== undefined && scope.includes(owner.team);
}
