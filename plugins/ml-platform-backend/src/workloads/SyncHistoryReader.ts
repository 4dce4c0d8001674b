import type {
  SyncHistory,
  SyncHistoryEntry,
  syncHistoryQuerySchema,
} from '@internal/plugin-ml-platform-common';
import {
  mainRevision,
  newestSync,
  notableSources,
  redactAddresses,
  type ClusterStore,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import type { DeployedApplication } from './TeamApplications';
import type { TeamStates } from './TeamStates';

const MAX_CACHED_COMMITS = 5_000;
/** Characters of the first line of a message. */
const MAX_SUBJECT = 300;

type CommitInfo = Pick<SyncHistoryEntry, 'author' | 'subject'>;

interface SyncHistoryReaderOptions {
  store: ClusterStore;
  /** Clone of the GitOps repository, for authors and subjects of commits. */
  repository: PlatformRepository;
  states: TeamStates;
}

/** Reads Argo CD's sync history of a workload, with author and subject of each commit. */
export class SyncHistoryReader {
  readonly #options: SyncHistoryReaderOptions;
  /** By commit hash. Never invalidated: commits do not change. */
  readonly #commitInfos = new LRUCache<string, CommitInfo>({
    max: MAX_CACHED_COMMITS,
  });

  constructor(options: SyncHistoryReaderOptions) {
    this.#options = options;
  }

  /** Returns one page of the history of all environments, newest first; empty for a workload that was never deployed. */
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
        historyEntries(environment, application),
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
        page.map(async entry => ({
          ...entry,
          ...(await this.#commitInfo(entry.revision)),
        })),
      ),
      total: items.length,
      freshness: reads.freshness(),
    };
  }

  /** Reads author and subject of a commit. Without the commit in the clone the result is empty: the history is useful without them. */
  async #commitInfo(revision: string): Promise<CommitInfo> {
    const cached = this.#commitInfos.get(revision);
    if (cached) {
      return cached;
    }
    try {
      const { author, message } = await this.#options.repository.revision(
        revision,
      );
      const info = {
        author,
        subject: redactAddresses(
          message.split('\n', 1)[0].slice(0, MAX_SUBJECT),
        ),
      };
      this.#commitInfos.set(revision, info);
      return info;
    } catch {
      return {};
    }
  }
}

/** Converts the history of one Application. Argo CD counts the ids of the entries; the highest is deployed now. */
function historyEntries(
  environment: string,
  { application }: DeployedApplication,
): SyncHistoryEntry[] {
  const newest = newestSync(application);
  return application.status.history.flatMap(entry => {
    const revision = mainRevision(entry);
    return revision === undefined
      ? []
      : [
          {
            environment,
            id: entry.id,
            revision,
            sources: notableSources(entry),
            deployedAt: entry.deployedAt,
            startedAt: entry.deployStartedAt,
            current: entry === newest,
          },
        ];
  });
}
