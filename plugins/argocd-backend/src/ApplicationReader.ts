import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterStore,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import { parseApplication, type Application } from './applicationView';

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
   * Applications whose project is a team of the scope; the last known ones while a cluster is down.
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
    return listings
      .flatMap(({ items }) => items)
      .filter(
        ({ metadata }) =>
          filter.name === undefined || metadata.name === filter.name,
      )
      .map(parseApplication)
      .filter(application => application !== undefined)
      .filter(({ spec }) => scope.includes(spec.project));
  }
}
