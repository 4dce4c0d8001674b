import { isError } from '@backstage/errors';
import { applicationName } from '@internal/plugin-ml-platform-common';
import {
  parseStoredObjects,
  type Application,
  type ClusterStore,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { LRUCache } from 'lru-cache';
import type { TeamStates } from '../workloads/TeamStates';
import { advanceProgress, type WorkloadView } from './advanceProgress';
import {
  isSettled,
  type ApplicationRecord,
  type ChangeRequestRecord,
} from './changeRequestRecord';

/** Cached pairs of commits. */
const MAX_PAIRS = 10_000;
/** A commit that the repository lacks is not looked up again for this long. */
const UNKNOWN_MS = 60_000;

/** Errors of a repository that lacks a commit or is unavailable. */
const EXPECTED = ['NotFoundError', 'ServiceUnavailableError'];

export interface RolloutProgressOptions {
  store: ClusterStore;
  repository: PlatformRepository;
  states: TeamStates;
}

/** Tracks the rollout of merged change requests through the Applications of Argo CD. */
export class RolloutProgress {
  readonly #store: ClusterStore;
  readonly #repository: PlatformRepository;
  readonly #states: TeamStates;
  /** By `<ancestor>..<commit>`. */
  readonly #contained = new LRUCache<string, boolean>({ max: MAX_PAIRS });
  readonly #unknown = new LRUCache<string, true>({
    max: MAX_PAIRS,
    ttl: UNKNOWN_MS,
  });

  constructor({ store, repository, states }: RolloutProgressOptions) {
    this.#store = store;
    this.#repository = repository;
    this.#states = states;
  }

  /** @returns the same record if nothing has changed. */
  async advance(record: ChangeRequestRecord): Promise<ChangeRequestRecord> {
    const { merge, resolvedAt } = record;
    if (!merge || resolvedAt !== merge.commit) {
      return record;
    }
    const applications = await Promise.all(
      record.applications.map(application =>
        isSettled(application)
          ? application
          : this.#advance(application, merge),
      ),
    );
    return JSON.stringify(applications) === JSON.stringify(record.applications)
      ? record
      : { ...record, applications };
  }

  async #advance(
    record: ApplicationRecord,
    merge: NonNullable<ChangeRequestRecord['merge']>,
  ): Promise<ApplicationRecord> {
    const { application, isComplete } = await this.#find(record);
    if (!application && !isComplete) {
      // An incomplete listing does not prove that the Application is deleted.
      return record;
    }
    return advanceProgress(record, {
      application,
      merge,
      contains: revision => this.#contains(revision, merge.commit),
      workloadView: await this.#workloadView(record),
      now: new Date(),
    });
  }

  /** Finds an Application by name in the AppProject of its team, where no other team can create one. */
  async #find({ name, project }: ApplicationRecord): Promise<{
    application: Application | undefined;
    isComplete: boolean;
  }> {
    const listings = await Promise.all(
      this.#store
        .clusters()
        .map(cluster =>
          this.#store.list(cluster, 'applications', { team: project }),
        ),
    );
    const [application] = listings.flatMap(({ items }) =>
      parseStoredObjects(
        'applications',
        items.filter(({ metadata }) => metadata.name === name),
      ),
    );
    return {
      application,
      isComplete: listings.every(({ asOf, problem }) => asOf && !problem),
    };
  }

  /** Health of the workload that an Application deploys; empty for Applications without a workload. */
  async #workloadView({
    name,
    team,
    workload,
    environment,
  }: ApplicationRecord): Promise<WorkloadView> {
    const isOverlay =
      workload !== undefined &&
      name === applicationName(team, workload, environment);
    const states = isOverlay ? await this.#states.get(team) : undefined;
    const state = states
      ?.get(workload ?? '')
      ?.environments.find(each => each.environment === environment);
    return {
      unready: state?.pods.reasons ?? [],
      reasons: (state?.health.reasons ?? [])
        // Repeats Argo CD's health and explains nothing, unless it names a resource.
        .filter(
          ({ code, object }) =>
            code !== 'argocd-health' || object?.kind !== 'Application',
        )
        .map(({ text }) => text),
    };
  }

  async #contains(revision: string, commit: string): Promise<boolean> {
    const pair = `${commit}..${revision}`;
    const cached = this.#contained.get(pair);
    if (cached !== undefined) {
      return cached;
    }
    // An Application that cannot be compared has its branch as the revision.
    if (!/^[0-9a-f]{40}$/.test(revision) || this.#unknown.has(pair)) {
      return false;
    }
    try {
      const contained = await this.#repository.contains({
        commit: revision,
        ancestor: commit,
      });
      this.#contained.set(pair, contained);
      return contained;
    } catch (error) {
      if (!isError(error) || !EXPECTED.includes(error.name)) {
        throw error;
      }
      this.#unknown.set(pair, true);
      return false;
    }
  }
}
