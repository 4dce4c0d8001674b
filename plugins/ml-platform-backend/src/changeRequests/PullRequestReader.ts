import { isError } from '@backstage/errors';
import {
  TENANTS_DIRECTORY,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import {
  parseTrailer,
  type Forge,
  type MlPlatformConfig,
  type PlatformRepository,
  type PullRequest,
} from '@internal/plugin-ml-platform-node';
import type {
  ApplicationRecord,
  ChangeRequestRecord,
} from './changeRequestRecord';
import {
  tenantApplication,
  affectedTargets,
  workloadApplication,
  type AffectedTargets,
  type TouchedApplication,
  type AffectedBase,
} from './affectedTargets';

/** What a repository says that lacks a commit, or that is away. */
const EXPECTED = ['NotFoundError', 'ServiceUnavailableError'];

/** Of what anybody can write into a pull request, or a check about a commit, so much is kept. */
const MAX_TEXT = 300;

/** What the forge and the platform repository say of pull requests. */
export class PullRequestReader {
  static create(options: {
    forge: Forge;
    repository: PlatformRepository;
    config: MlPlatformConfig;
  }): PullRequestReader {
    return new PullRequestReader(options);
  }

  readonly #options: Parameters<typeof PullRequestReader.create>[0];

  private constructor(options: Parameters<typeof PullRequestReader.create>[0]) {
    this.#options = options;
  }

  /**
   * Reads everything about one pull request; how far its Applications came is kept from what was known.
   *
   * @returns undefined when it touches nothing of a team, or goes to another branch than the one that is deployed.
   */
  async read(
    pull: PullRequest,
    known: ChangeRequestRecord | undefined,
  ): Promise<ChangeRequestRecord | undefined> {
    const { forge, repository, config } = this.#options;
    if (pull.baseBranch !== repository.branch) {
      return undefined;
    }
    const readAt = new Date().toISOString();
    const paths = await forge.listChangedPaths(pull.number);
    const touched = affectedTargets(paths, {
      rootDirectory: config.repository.rootDirectory,
      environments: config.environments,
    });
    if (touched.teams.length === 0) {
      return undefined;
    }
    const [checks, reviews, resolved] = await Promise.all([
      forge.listChecks(pull.headCommit),
      forge.listReviews(pull.number),
      this.#applications(pull, touched, known),
    ]);
    const { teams, workloads, terraform } = touched;
    return {
      number: pull.number,
      title: pull.title,
      url: pull.url,
      state: pull.state,
      author: pull.author,
      headCommit: pull.headCommit,
      openedAt: pull.createdAt,
      updatedAt: pull.updatedAt,
      readAt,
      closedAt: pull.closedAt,
      merge: await this.#mergeOf(pull, known),
      origin: this.#originOf(pull, workloads),
      teams,
      workloads,
      terraform,
      checks: checks.map(check => ({
        ...check,
        name: check.name.slice(0, MAX_TEXT),
        text: check.text.slice(0, MAX_TEXT),
      })),
      reviews,
      ...resolved,
    };
  }

  /** Lists do not say who merged; that never changes. */
  async #mergeOf(
    { number, merge }: PullRequest,
    known: ChangeRequestRecord | undefined,
  ): Promise<ChangeRequestRecord['merge']> {
    if (!merge || merge.by !== undefined) {
      return merge;
    }
    if (known?.merge?.commit === merge.commit) {
      return known.merge;
    }
    return (await this.#options.forge.getPullRequest(number)).merge;
  }

  /** A trailer can be copied from another pull request together with its signature, so it must be about this one's workload. */
  #originOf(
    { body }: PullRequest,
    workloads: ChangeRequestRecord['workloads'],
  ): ChangeRequestRecord['origin'] {
    const { trailerSecret } = this.#options.config.repository;
    const parsed = parseTrailer(body, trailerSecret);
    if (!parsed) {
      return undefined;
    }
    const { id, template, requester, team, workload } = parsed.trailer;
    return {
      verified:
        parsed.verified &&
        workloads.some(
          target => target.team === team && target.workload === workload,
        ),
      requestId: id.slice(0, MAX_TEXT),
      template: template.slice(0, MAX_TEXT),
      requester: requester.slice(0, MAX_TEXT),
    };
  }

  async #applications(
    pull: PullRequest,
    touched: AffectedTargets,
    known: ChangeRequestRecord | undefined,
  ): Promise<Pick<ChangeRequestRecord, 'applications' | 'resolvedAt'>> {
    const merged = pull.merge?.commit;
    if (merged && known?.resolvedAt === merged) {
      const { applications, resolvedAt } = known;
      return { applications, resolvedAt };
    }
    try {
      return {
        applications: await this.#applicationsAt(merged, touched),
        resolvedAt: merged,
      };
    } catch (error) {
      if (!isError(error) || !EXPECTED.includes(error.name)) {
        throw error;
      }
      // The clone does not have it yet; the next look tries again.
      return { applications: touched.applications.map(toRecord) };
    }
  }

  /** @param merged - the merge commit; without one, what the head of the branch lets foresee. */
  async #applicationsAt(
    merged: string | undefined,
    touched: AffectedTargets,
  ): Promise<ApplicationRecord[]> {
    const { repository } = this.#options;
    if (merged) {
      // Fetches it when the clone lacks it.
      await repository.contains({ commit: merged, ancestor: merged });
    }
    const commit =
      merged ?? repository.lastKnownHead() ?? (await repository.head());
    const bases = await Promise.all(
      touched.bases.map(base => this.#applicationsOf(base, commit)),
    );
    const applications = new Map<string, ApplicationRecord>();
    for (const application of [...touched.applications, ...bases.flat()]) {
      applications.set(application.name, toRecord(application));
    }
    if (merged) {
      for (const application of applications.values()) {
        const files = await repository.list(commit, application.directory);
        application.removes = files.length === 0;
      }
    }
    return [...applications.values()];
  }

  /** Everything that is made of a base, at a commit. */
  async #applicationsOf(
    { team, workload }: AffectedBase,
    commit: string,
  ): Promise<TouchedApplication[]> {
    const { repository, config } = this.#options;
    const root = config.repository.rootDirectory;
    const prefix = root ? `${root}/` : '';
    const directory = workload
      ? workloadDirectory(team, workload)
      : `${TENANTS_DIRECTORY}/${team}`;
    const files = await repository.list(commit, `${prefix}${directory}`);
    return config.environments
      .map(({ name: environment }) =>
        workload
          ? workloadApplication(
              { team, workload, environment, kind: 'overlays' },
              prefix,
            )
          : tenantApplication({ team, environment }, prefix),
      )
      .filter(application =>
        files.some(file => file.startsWith(`${application.directory}/`)),
      );
  }
}

function toRecord(application: TouchedApplication): ApplicationRecord {
  return {
    ...application,
    removes: false,
    applied: { state: 'waiting' },
    healthy: { state: 'waiting' },
  };
}
