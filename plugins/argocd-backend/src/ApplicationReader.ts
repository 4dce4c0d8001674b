import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterStore,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import { parseApplication, type Application } from './applicationView';

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
   * Lists Applications whose AppProject is a team in the scope. While a cluster is down, its last known Applications are
   * returned.
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
