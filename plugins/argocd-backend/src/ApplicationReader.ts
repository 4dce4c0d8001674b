import { ServiceUnavailableError } from '@backstage/errors';
import {
  ownerOfApplication,
  parseStoredObjects,
  type Application,
  type ClusterStore,
  type StoredObject,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';

/** Argo CD's Applications, read as Kubernetes objects: no Argo CD token, no session, no writes. */
export class ApplicationReader {
  static create(options: { store: ClusterStore }): ApplicationReader {
    return new ApplicationReader(options.store);
  }

  readonly #store: ClusterStore;

  private constructor(store: ClusterStore) {
    this.#store = store;
  }

  /**
   * Applications that teams of the scope own; the last known ones while a cluster is down.
   *
   * @throws ServiceUnavailableError when nothing was ever read, which must not look like "no Applications".
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
