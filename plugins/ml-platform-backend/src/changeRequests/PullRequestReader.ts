import { isError } from '@backstage/errors';
import {
  TENANTS_DIRECTORY,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import {
  readProvenance,
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
  type AffectedApplication,
  type AffectedBase,
} from './affectedTargets';

/** Errors of a repository that lacks a commit or is unavailable. */
const EXPECTED = ['NotFoundError', 'ServiceUnavailableError'];

/** Longest text kept of pull requests and checks: anyone can write them. */
const MAX_TEXT = 300;

export interface PullRequestReaderOptions {
  forge: Forge;
  repository: PlatformRepository;
  config: MlPlatformConfig;
}

/** Reads pull requests from the forge, and what they affect from the platform repository. */
export class PullRequestReader {
  readonly #options: PullRequestReaderOptions;

  constructor(options: PullRequestReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads everything about a pull request but the progress of its Applications.
   *
   * @param previous - the last known state.
   * @returns undefined if it affects no team, or targets another branch than the deployed one.
   */
  async read(
    pull: PullRequest,
    previous: ChangeRequestRecord | undefined,
  ): Promise<ChangeRequestRecord | undefined> {
    const { forge, repository, config } = this.#options;
    if (pull.baseBranch !== repository.branch) {
      return undefined;
    }
    const readAt = new Date().toISOString();
    const paths = await forge.listChangedPaths(pull.number);
    const affected = affectedTargets(paths, {
      rootDirectory: config.repository.rootDirectory,
      environments: config.environments,
    });
    if (affected.teams.length === 0) {
      return undefined;
    }
    const [checks, reviews, resolved] = await Promise.all([
      forge.listChecks(pull.headCommit),
      forge.listReviews(pull),
      this.#applications(pull, affected, previous),
    ]);
    const { teams, workloads, terraform } = affected;
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
      merge: await this.#mergeOf(pull, previous),
      origin: this.#originOf(pull, affected),
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

  /** Lists of pull requests lack the person who merged; it is read once. */
  async #mergeOf(
    { number, merge }: PullRequest,
    previous: ChangeRequestRecord | undefined,
  ): Promise<ChangeRequestRecord['merge']> {
    if (!merge || merge.by !== undefined) {
      return merge;
    }
    if (previous?.merge?.commit === merge.commit) {
      return previous.merge;
    }
    return (await this.#options.forge.getPullRequest(number)).merge;
  }

  /** A pull request that changes nothing of the target in its trailer is not the one that the portal opened. */
  #originOf(
    pull: PullRequest,
    { teams, workloads }: AffectedTargets,
  ): ChangeRequestRecord['origin'] {
    const { forge, config } = this.#options;
    const { repository } = config;
    const read = readProvenance(pull, { forge, repository });
    if (!read) {
      return undefined;
    }
    const { id, template, requester, team, workload } = read.trailer;
    const isChanged =
      workload === undefined
        ? teams.includes(team)
        : workloads.some(
            target => target.team === team && target.workload === workload,
          );
    return {
      provenance: isChanged ? read.provenance : 'claimed',
      requestId: id.slice(0, MAX_TEXT),
      template: template.slice(0, MAX_TEXT),
      requester: requester.slice(0, MAX_TEXT),
    };
  }

  async #applications(
    pull: PullRequest,
    affected: AffectedTargets,
    previous: ChangeRequestRecord | undefined,
  ): Promise<Pick<ChangeRequestRecord, 'applications' | 'resolvedAt'>> {
    const merged = pull.merge?.commit;
    if (merged && previous?.resolvedAt === merged) {
      const { applications, resolvedAt } = previous;
      return { applications, resolvedAt };
    }
    try {
      return {
        applications: await this.#applicationsAt(merged, affected),
        resolvedAt: merged,
      };
    } catch (error) {
      if (!isError(error) || !EXPECTED.includes(error.name)) {
        throw error;
      }
      // The clone does not have the commit yet; the next poll tries again.
      return { applications: affected.applications.map(newApplicationRecord) };
    }
  }

  /** @param merged - the merge commit; without one, the Applications are predicted from the head of the branch. */
  async #applicationsAt(
    merged: string | undefined,
    affected: AffectedTargets,
  ): Promise<ApplicationRecord[]> {
    const { repository } = this.#options;
    if (merged) {
      // Fetches the commit if the clone lacks it.
      await repository.contains({ commit: merged, ancestor: merged });
    }
    const commit =
      merged ?? repository.lastKnownHead() ?? (await repository.head());
    const bases = await Promise.all(
      affected.bases.map(base => this.#applicationsOf(base, commit)),
    );
    const applications = new Map<string, ApplicationRecord>();
    for (const application of [...affected.applications, ...bases.flat()]) {
      applications.set(application.name, newApplicationRecord(application));
    }
    if (merged) {
      for (const application of applications.values()) {
        const files = await repository.list(commit, application.directory);
        application.removes = files.length === 0;
      }
    }
    return [...applications.values()];
  }

  /** Lists the Applications that use a base, at a commit. */
  async #applicationsOf(
    { team, workload }: AffectedBase,
    commit: string,
  ): Promise<AffectedApplication[]> {
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

function newApplicationRecord(
  application: AffectedApplication,
): ApplicationRecord {
  return {
    ...application,
    removes: false,
    applied: { state: 'waiting' },
    healthy: { state: 'waiting' },
  };
}
