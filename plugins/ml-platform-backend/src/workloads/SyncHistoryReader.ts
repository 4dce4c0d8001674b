import type {
  SyncHistoryEntry,
  SyncHistory,
  syncHistoryQuerySchema,
} from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type ClusterStore,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import type { TeamStates } from './TeamStates';
import type { DeployedApplication } from './TeamApplications';

/** Commits never change, so what was read once is kept; there has to be an end to it. */
const MAX_COMMITS = 5_000;

/** What Argo CD deployed of a workload, and who wrote it. */
export class SyncHistoryReader {
  static create(options: {
    store: ClusterStore;
    repository: PlatformRepository;
    states: TeamStates;
  }): SyncHistoryReader {
    return new SyncHistoryReader(options);
  }

  readonly #options: Parameters<typeof SyncHistoryReader.create>[0];
  readonly #commits = new Map<
    string,
    Pick<SyncHistoryEntry, 'author' | 'subject'>
  >();

  private constructor(options: Parameters<typeof SyncHistoryReader.create>[0]) {
    this.#options = options;
  }

  /** A workload that was never deployed has no deployments. */
  async read(
    team: string,
    workload: string,
    query: z.output<typeof syncHistoryQuerySchema>,
  ): Promise<SyncHistory> {
    const { store, states } = this.#options;
    const state = (await states.get(team)).get(workload);
    const items = [...(state?.applications ?? [])]
      .filter(
        ([environment]) =>
          query.environment === undefined || environment === query.environment,
      )
      .flatMap(([environment, application]) =>
        deploymentsOf(environment, application),
      )
      .sort(
        (a, b) =>
          (b.deployedAt ?? '').localeCompare(a.deployedAt ?? '') ||
          a.environment.localeCompare(b.environment) ||
          b.id - a.id,
      );
    const page = items.slice(query.offset, query.offset + query.limit);
    const reads = new FreshnessTracker({ store });
    for (const cluster of store.clusters()) {
      reads.track(cluster, 'applications');
    }
    return {
      items: await Promise.all(
        page.map(async each => ({
          ...each,
          ...(await this.#commit(each.revision)),
        })),
      ),
      total: items.length,
      freshness: reads.freshness(),
    };
  }

  /** Nothing when the clone has no such commit: the history is worth showing without. */
  async #commit(
    revision: string,
  ): Promise<Pick<SyncHistoryEntry, 'author' | 'subject'>> {
    const known = this.#commits.get(revision);
    if (known) {
      return known;
    }
    try {
      const { author, message } = await this.#options.repository.revision(
        revision,
      );
      const commit = {
        author,
        subject: redactAddresses(message.split('\n')[0]),
      };
      const [oldest] = this.#commits.keys();
      if (this.#commits.size >= MAX_COMMITS) {
        this.#commits.delete(oldest);
      }
      this.#commits.set(revision, commit);
      return commit;
    } catch {
      return {};
    }
  }
}

function deploymentsOf(
  environment: string,
  { history }: DeployedApplication,
): SyncHistoryEntry[] {
  return history.flatMap(
    ({ id, revision, deployedAt, deployStartedAt }, index) =>
      revision === undefined
        ? []
        : [
            {
              environment,
              id,
              revision,
              deployedAt,
              startedAt: deployStartedAt,
              current: index === history.length - 1,
            },
          ],
  );
}
