import { isError } from '@backstage/errors';
import { applicationName } from '@internal/plugin-ml-platform-common';
import {
  parseStoredObjects,
  type Application,
  type ClusterStore,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { TeamStates } from '../workloads/TeamStates';
import { advanceProgress, type WorkloadView } from './advanceProgress';
import {
  isSettled,
  type ApplicationRecord,
  type ChangeRequestRecord,
} from './changeRequestRecord';

/** Pairs of commits whose order is remembered. */
const MAX_PAIRS = 10_000;
/** A commit that the repository does not have is not looked for again sooner. */
const UNKNOWN_MS = 60_000;

/** What a repository says that lacks a commit, or that is away. */
const EXPECTED = ['NotFoundError', 'ServiceUnavailableError'];

/** Follows merged requests through the Applications of Argo CD. */
export class RolloutProgress {
  static create(options: {
    store: ClusterStore;
    repository: PlatformRepository;
    states: TeamStates;
  }): RolloutProgress {
    const { store, repository, states } = options;
    return new RolloutProgress(store, repository, states);
  }

  readonly #store: ClusterStore;
  readonly #repository: PlatformRepository;
  readonly #states: TeamStates;
  readonly #pairs = new Map<string, boolean>();
  readonly #unknown = new Map<string, number>();

  private constructor(
    store: ClusterStore,
    repository: PlatformRepository,
    states: TeamStates,
  ) {
    this.#store = store;
    this.#repository = repository;
    this.#states = states;
  }

  /** @returns the same record when nothing has changed. */
  async follow(record: ChangeRequestRecord): Promise<ChangeRequestRecord> {
    const { merge, resolvedAt } = record;
    if (!merge || resolvedAt !== merge.commit) {
      return record;
    }
    const applications = await Promise.all(
      record.applications.map(application =>
        isSettled(application) ? application : this.#follow(application, merge),
      ),
    );
    return JSON.stringify(applications) === JSON.stringify(record.applications)
      ? record
      : { ...record, applications };
  }

  async #follow(
    known: ApplicationRecord,
    merge: NonNullable<ChangeRequestRecord['merge']>,
  ): Promise<ApplicationRecord> {
    const { application, isComplete } = await this.#find(known);
    if (!application && !isComplete) {
      // Not seen is not gone.
      return known;
    }
    return advanceProgress(known, {
      application,
      merge,
      contains: revision => this.#contains(revision, merge.commit),
      ownView: await this.#ownView(known),
      now: new Date(),
    });
  }

  /** By name, in the AppProject that the platform gives it: a team cannot make one there for somebody else. */
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

  /** Of the Application of a workload's overlay; of what else there is, only Argo CD tells. */
  async #ownView({
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
        // That there is none but Argo CD's word is no reason.
        .filter(({ code }) => code !== 'argocd-health')
        .map(({ text }) => text),
    };
  }

  async #contains(revision: string, commit: string): Promise<boolean> {
    const pair = `${commit}..${revision}`;
    const known = this.#pairs.get(pair);
    if (known !== undefined) {
      return known;
    }
    const askedAt = this.#unknown.get(pair);
    // While it cannot be compared, an Application names its branch instead of a commit.
    if (
      !/^[0-9a-f]{40}$/.test(revision) ||
      (askedAt !== undefined && Date.now() - askedAt < UNKNOWN_MS)
    ) {
      return false;
    }
    try {
      const contained = await this.#repository.contains({
        commit: revision,
        ancestor: commit,
      });
      remember(this.#pairs, pair, contained);
      return contained;
    } catch (error) {
      if (!isError(error) || !EXPECTED.includes(error.name)) {
        throw error;
      }
      remember(this.#unknown, pair, Date.now());
      return false;
    }
  }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_PAIRS) {
    map.delete(oldest);
  }
}
