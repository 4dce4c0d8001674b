import { InputError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  type GiteaIntegrationConfig,
} from '@backstage/integration';
import type { CommitCheck, Forge, PullRequest, Review } from './Forge';
import { GiteaClient } from './GiteaClient';
import {
  type GiteaPullRequest,
  giteaFilesSchema,
  giteaLabelSchema,
  giteaLabelsSchema,
  giteaPullRequestSchema,
  giteaPullRequestsSchema,
  giteaReviewsSchema,
  giteaStatusSchema,
  toCheck,
  toPullRequest,
  toReviews,
} from './giteaSchemas';

const PAGE_SIZE = 50;
/** Few pull requests change between two polls, and Gitea needs long for each item of a list. */
const RECENT_PAGE_SIZE = 10;
/** Limit of the pages that are read of a list. */
const MAX_PAGES = 20;
const LABEL_COLOR = '#1f6feb';

/** Gitea (and Forgejo) through its REST API, version 1. */
export class GiteaForge implements Forge {
  readonly #client: GiteaClient;
  readonly #webUrl: string;
  readonly account: string | undefined;

  /** @throws InputError when the URL does not name a repository of this Gitea. */
  static create(options: {
    repositoryUrl: string;
    integration: GiteaIntegrationConfig;
  }): GiteaForge {
    const { repositoryUrl, integration } = options;
    const baseUrl = (
      integration.baseUrl ?? `https://${integration.host}`
    ).replace(/\/+$/, '');
    const match = repositoryUrl.startsWith(`${baseUrl}/`)
      ? /^([^/?#]+)\/([^/?#]+?)(\.git)?\/?$/.exec(
          repositoryUrl.slice(baseUrl.length + 1),
        )
      : undefined;
    if (!match) {
      throw new InputError(
        'mlPlatform.repository.url: must be <baseUrl of integrations.gitea>/<owner>/<repository>.git',
      );
    }
    const repository = `${match[1]}/${match[2]}`;
    return new GiteaForge(
      new GiteaClient({
        url: `${baseUrl}/api/v1/repos/${repository}`,
        headers: getGiteaRequestOptions(integration).headers ?? {},
      }),
      `${baseUrl}/${repository}`,
      integration.username,
    );
  }

  private constructor(
    client: GiteaClient,
    webUrl: string,
    account: string | undefined,
  ) {
    this.#client = client;
    this.#webUrl = webUrl;
    this.account = account;
  }

  async findPullRequest(options: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined> {
    const state = options.state === 'any' ? 'all' : 'open';
    let newest: PullRequest | undefined;
    for await (const gitea of this.#pullRequests(state)) {
      const pullRequest = toPullRequest(gitea);
      // A fork may have a branch of the same name.
      if (pullRequest.branch === options.branch && !pullRequest.fromFork) {
        if (pullRequest.state === 'open') {
          return pullRequest;
        }
        newest ??= pullRequest;
      }
    }
    return newest;
  }

  async listOpenPullRequests({ label }: { label?: string } = {}): Promise<
    PullRequest[]
  > {
    const pullRequests: PullRequest[] = [];
    for await (const gitea of this.#pullRequests('open')) {
      const pullRequest = toPullRequest(gitea);
      if (label === undefined || pullRequest.labels.includes(label)) {
        pullRequests.push(pullRequest);
      }
    }
    return pullRequests.sort((a, b) => b.number - a.number);
  }

  async listPullRequests(options: { since?: string }): Promise<PullRequest[]> {
    const { since } = options;
    const pullRequests: PullRequest[] = [];
    // Gitea does not support conditional requests here, so the first unchanged pull request ends the list.
    for await (const gitea of this.#pullRequests('all', {
      sort: 'recentupdate',
      pageSize: since ? RECENT_PAGE_SIZE : PAGE_SIZE,
    })) {
      const pullRequest = toPullRequest(gitea);
      if (since && pullRequest.updatedAt < since) {
        break;
      }
      pullRequests.push(pullRequest);
    }
    return pullRequests;
  }

  async getPullRequest(number: number): Promise<PullRequest> {
    const gitea = await this.#client.request(
      giteaPullRequestSchema,
      `/pulls/${number}`,
    );
    return toPullRequest(gitea);
  }

  async listChangedPaths(number: number): Promise<string[]> {
    const paths = new Set<string>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const files = await this.#client.request(
        giteaFilesSchema,
        `/pulls/${number}/files?limit=${PAGE_SIZE}&page=${page}`,
      );
      for (const file of files) {
        paths.add(file.filename);
        if (file.previous_filename) {
          paths.add(file.previous_filename);
        }
      }
      if (files.length < PAGE_SIZE) {
        break;
      }
    }
    return [...paths];
  }

  async listChecks(commit: string): Promise<CommitCheck[]> {
    const { statuses } = await this.#client.request(
      giteaStatusSchema,
      `/commits/${encodeURIComponent(commit)}/status?limit=${PAGE_SIZE}`,
    );
    return (statuses ?? []).map(toCheck);
  }

  async listReviews(number: number): Promise<Review[]> {
    const reviews = await this.#client.request(
      giteaReviewsSchema,
      `/pulls/${number}/reviews?limit=${PAGE_SIZE}`,
    );
    return toReviews(reviews);
  }

  async openPullRequest(options: {
    branch: string;
    baseBranch: string;
    title: string;
    body: string;
    labels: string[];
  }): Promise<PullRequest> {
    const { branch, baseBranch, title, body } = options;
    const labels = await this.#labelIds(options.labels);
    const gitea = await this.#client.request(giteaPullRequestSchema, '/pulls', {
      method: 'POST',
      body: { head: branch, base: baseBranch, title, body, labels },
      conflict: `A pull request is already open for the branch "${branch}".`,
    });
    return toPullRequest(gitea);
  }

  async closePullRequest(number: number): Promise<void> {
    await this.#client.request(giteaPullRequestSchema, `/pulls/${number}`, {
      method: 'PATCH',
      body: { state: 'closed' },
    });
  }

  fileUrl(options: { branch: string; path: string }): string {
    const segments = [options.branch, options.path]
      .join('/')
      .split('/')
      .map(encodeURIComponent);
    return `${this.#webUrl}/src/branch/${segments.join('/')}`;
  }

  async *#pullRequests(
    state: 'open' | 'all',
    options: { sort?: 'recentupdate'; pageSize?: number } = {},
  ): AsyncGenerator<GiteaPullRequest> {
    const { sort, pageSize = PAGE_SIZE } = options;
    const order = sort ? `&sort=${sort}` : '';
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const items = await this.#client.request(
        giteaPullRequestsSchema,
        `/pulls?state=${state}${order}&limit=${pageSize}&page=${page}`,
      );
      yield* items;
      if (items.length < pageSize) {
        return;
      }
    }
  }

  /** Looks up the ids that Gitea expects, and creates missing labels. */
  async #labelIds(names: string[]): Promise<number[]> {
    const existing = await this.#client.request(
      giteaLabelsSchema,
      `/labels?limit=${PAGE_SIZE}`,
    );
    const ids: number[] = [];
    for (const name of names) {
      const label =
        existing.find(candidate => candidate.name === name) ??
        (await this.#client.request(giteaLabelSchema, '/labels', {
          method: 'POST',
          body: {
            name,
            color: LABEL_COLOR,
            description: 'Opened by the ML platform portal',
          },
        }));
      ids.push(label.id);
    }
    return ids;
  }
}
