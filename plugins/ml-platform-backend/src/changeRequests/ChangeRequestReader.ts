import type {
  Freshness,
  ChangeRequestDetail,
  ChangeRequests,
  ChangeRequestSummary,
  changeRequestsQuerySchema,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { changeRequestPage } from './changeRequestPage';
import type { ChangeRequestHistory } from './ChangeRequestHistory';
import type { ChangeRequestRecord } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';
import { summariseChangeRequest } from './summariseChangeRequest';
import type { ForgePoller } from './ForgePoller';

export interface ChangeRequestReaderOptions {
  records: ChangeRequestRecords;
  poller: ForgePoller;
  history: ChangeRequestHistory;
  store: ClusterStore;
}

/** Reads change requests as a caller may see them. */
export class ChangeRequestReader {
  readonly #options: ChangeRequestReaderOptions;
  /** By the teams that the caller sees. A record is replaced when it changes, so summaries never go stale. */
  readonly #summaries = new WeakMap<
    ChangeRequestRecord,
    Map<string, ChangeRequestSummary>
  >();

  constructor(options: ChangeRequestReaderOptions) {
    this.#options = options;
  }

  list(
    scope: TeamScope,
    query: z.output<typeof changeRequestsQuerySchema>,
  ): ChangeRequests {
    const memoized = memoizeScope(scope);
    const visible = this.#options.records
      .all()
      .map(record => this.#summary(record, memoized))
      .filter(summary => summary !== undefined);
    return {
      ...changeRequestPage(visible, query),
      freshness: this.#freshness(),
    };
  }

  /** @returns undefined if there is none, or if it affects none of the caller's teams. */
  read(scope: TeamScope, number: number): ChangeRequestDetail | undefined {
    const record = this.#options.records.get(number);
    const summary = record && this.#summary(record, scope);
    return summary && { ...summary, freshness: this.#freshness() };
  }

  /** @returns undefined if the change request affects no team of the scope. */
  #summary(
    record: ChangeRequestRecord,
    scope: TeamScope,
  ): ChangeRequestSummary | undefined {
    const teams = record.teams.filter(team => scope.includes(team));
    if (teams.length === 0) {
      return undefined;
    }
    const byTeams =
      this.#summaries.get(record) ?? new Map<string, ChangeRequestSummary>();
    this.#summaries.set(record, byTeams);
    const key = teams.join(' ');
    const cached = byTeams.get(key);
    if (cached) {
      return cached;
    }
    const summary = summariseChangeRequest(record, teams);
    byTeams.set(key, summary);
    return summary;
  }

  #freshness(): Freshness {
    const { records, store, poller, history } = this.#options;
    const reads = new FreshnessTracker({ store });
    store.clusters().forEach(cluster => reads.track(cluster, 'applications'));
    const clusters = reads.freshness();
    const forge = poller.freshness();
    const problems = [
      forge.problem,
      ...clusters.problems,
      history.problem(),
    ].filter(problem => problem !== undefined);
    // Until the first poll succeeds, everything is from the history.
    const requestsAsOf = forge.asOf ?? records.lastReadAt();
    return {
      asOf:
        requestsAsOf && [requestsAsOf, clusters.asOf ?? requestsAsOf].sort()[0],
      stale: problems.length > 0,
      problems,
    };
  }
}

/** Remembers decisions: a list has many change requests of few teams. */
function memoizeScope(scope: TeamScope): TeamScope {
  const decisions = new Map<string, boolean>();
  return {
    includes: team => {
      const decision = decisions.get(team) ?? scope.includes(team);
      decisions.set(team, decision);
      return decision;
    },
  };
}
