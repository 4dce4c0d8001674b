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
import { summariseRequest } from './changeRequestSteps';
import type { ChangeRequestTracker } from './ChangeRequestTracker';

/** Requests as somebody may see them. */
export class ChangeRequestReader {
  static create(options: {
    records: ChangeRequestRecords;
    tracker: ChangeRequestTracker;
    history: ChangeRequestHistory;
    store: ClusterStore;
  }): ChangeRequestReader {
    return new ChangeRequestReader(options);
  }

  readonly #options: Parameters<typeof ChangeRequestReader.create>[0];
  /** By the teams that somebody sees of it. A record is replaced when it changes. */
  readonly #summaries = new WeakMap<
    ChangeRequestRecord,
    Map<string, ChangeRequestSummary>
  >();

  private constructor(
    options: Parameters<typeof ChangeRequestReader.create>[0],
  ) {
    this.#options = options;
  }

  list(
    scope: TeamScope,
    query: z.output<typeof changeRequestsQuerySchema>,
  ): ChangeRequests {
    const decided = decidingOnce(scope);
    const visible = this.#options.records
      .all()
      .map(record => this.#summary(record, decided))
      .filter(summary => summary !== undefined);
    return {
      ...changeRequestPage(visible, query),
      freshness: this.#freshness(),
    };
  }

  /** @returns undefined when there is none, and when it touches nothing of the caller's teams. */
  read(scope: TeamScope, number: number): ChangeRequestDetail | undefined {
    const record = this.#options.records.get(number);
    const summary = record && this.#summary(record, scope);
    return summary && { ...summary, freshness: this.#freshness() };
  }

  /** @returns undefined when the request touches nothing of the scope. */
  #summary(
    record: ChangeRequestRecord,
    scope: TeamScope,
  ): ChangeRequestSummary | undefined {
    const teams = record.teams.filter(team => scope.includes(team));
    if (teams.length === 0) {
      return undefined;
    }
    const ofRecord =
      this.#summaries.get(record) ?? new Map<string, ChangeRequestSummary>();
    this.#summaries.set(record, ofRecord);
    const key = teams.join(' ');
    const known = ofRecord.get(key);
    if (known) {
      return known;
    }
    const summary = summariseRequest(record, teams);
    ofRecord.set(key, summary);
    return summary;
  }

  #freshness(): Freshness {
    const { records, store, tracker, history } = this.#options;
    const reads = new FreshnessTracker({ store });
    store.clusters().forEach(cluster => reads.track(cluster, 'applications'));
    const clusters = reads.freshness();
    const forge = tracker.freshness();
    const problems = [
      forge.problem,
      ...clusters.problems,
      history.problem(),
    ].filter(problem => problem !== undefined);
    // Until the forge answers, everything is from the history.
    const requestsAsOf = forge.asOf ?? records.lastReadAt();
    return {
      asOf:
        requestsAsOf && [requestsAsOf, clusters.asOf ?? requestsAsOf].sort()[0],
      stale: problems.length > 0,
      problems,
    };
  }
}

/** For an answer about many requests of few teams. */
function decidingOnce(scope: TeamScope): TeamScope {
  const decisions = new Map<string, boolean>();
  return {
    includes: team => {
      const decision = decisions.get(team) ?? scope.includes(team);
      decisions.set(team, decision);
      return decision;
    },
  };
}
