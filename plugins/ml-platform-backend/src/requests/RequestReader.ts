import type {
  Freshness,
  RequestDetail,
  Requests,
  requestsQuerySchema,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { TrackedReads } from '../kubernetes/TrackedReads';
import { pageOfRequests } from './pageOfRequests';
import type { RequestHistory } from './RequestHistory';
import type { RequestRecord } from './requestRecord';
import type { RequestRecords } from './RequestRecords';
import { summariseRequest } from './requestSteps';
import type { RequestTracker } from './RequestTracker';

/** Requests as somebody may see them. */
export class RequestReader {
  static create(options: {
    records: RequestRecords;
    tracker: RequestTracker;
    history: RequestHistory;
    store: ClusterStore;
  }): RequestReader {
    return new RequestReader(options);
  }

  readonly #options: Parameters<typeof RequestReader.create>[0];

  private constructor(options: Parameters<typeof RequestReader.create>[0]) {
    this.#options = options;
  }

  list(
    scope: TeamScope,
    query: z.output<typeof requestsQuerySchema>,
  ): Requests {
    const visible = this.#options.records
      .all()
      .filter(record => isVisible(record, scope))
      .map(record => summariseRequest(record, scope));
    return { ...pageOfRequests(visible, query), freshness: this.#freshness() };
  }

  /** @returns undefined when there is none, and when it touches nothing of the caller's teams. */
  read(scope: TeamScope, number: number): RequestDetail | undefined {
    const record = this.#options.records.get(number);
    return record && isVisible(record, scope)
      ? { ...summariseRequest(record, scope), freshness: this.#freshness() }
      : undefined;
  }

  #freshness(): Freshness {
    const { records, store, tracker, history } = this.#options;
    const reads = TrackedReads.create(store);
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

function isVisible({ teams }: RequestRecord, scope: TeamScope): boolean {
  return teams.some(team => scope.includes(team));
}
