import type {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
} from '@backstage/integration';
import type { CommitCheck, Forge, PullRequest, Review } from '../Forge';
import { fileAddress, repositoryPath } from '../rest/addresses';
import { ForgeClient } from '../rest/ForgeClient';
import {
  changedSince,
  findByBranch,
  pathsOf,
  withLabel,
} from '../rest/readPullRequests';
import { WriteLimit } from '../rest/WriteLimit';
import { githubWebhook } from '../webhooks';
import {
  fromCheckRun,
  fromStatus,
  githubCheckRunsSchema,
  githubFileSchema,
  githubLabelsSchema,
  githubPullRequestSchema,
  githubReviewSchema,
  githubStatusSchema,
  toPullRequest,
  toReviews,
} from './githubSchemas';

const PAGE_SIZE = 100;
/** A thousand files, as `Forge` promises. */
const FILE_PAGES = 10;
/** A version that GitHub supports for two years after the next one; https://docs.github.com/rest/about-the-rest-api/api-versions. */
const API_VERSION = '2022-11-28';

/** Requests that create content; https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api. */
const WRITE_LIMITS = [
  { writes: 80, milliseconds: 60_000 },
  { writes: 500, milliseconds: 3_600_000 },
];

/** GitHub and GitHub Enterprise Server through the REST API, as a token or a GitHub App. */
export class GithubForge implements Forge {
  readonly webhook = githubWebhook;
  readonly account: string | undefined;
  readonly #client: ForgeClient;
  readonly #webUrl: string;
  readonly #owner: string;

  /** @throws InputError when the URL does not name a repository of this GitHub. */
  constructor(options: {
    repositoryUrl: string;
    integration: GithubIntegrationConfig;
    credentials: GithubCredentialsProvider;
    account?: string;
  }) {
    const { repositoryUrl, integration, credentials, account } = options;
    const baseUrl = `https://${integration.host}`;
    const repository = repositoryPath({
      repositoryUrl,
      baseUrl,
      pattern: /^[^/?#]+\/[^/?#]+$/,
      form: 'https://<host of integrations.github>/<owner>/<repository>.git',
    });
    const apiUrl =
      integration.apiBaseUrl?.replace(/\/+$/, '') ??
      (integration.host === 'github.com'
        ? 'https://api.github.com'
        : `${baseUrl}/api/v3`);
    this.account = account;
    this.#webUrl = `${baseUrl}/${repository}`;
    this.#owner = repository.split('/')[0];
    this.#client = new ForgeClient({
      url: `${apiUrl}/repos/${repository}`,
      headers: async () => ({
        Accept: 'application/vnd.github+json',
        'X-GitHub-Api-Version': API_VERSION,
        ...(await credentials.getCredentials({ url: this.#webUrl })).headers,
      }),
      pageSizeParameter: 'per_page',
      // "A pull request already exists for acme:branch."
      isConflict: ({ status, body }) =>
        status === 422 && JSON.stringify(body).includes('already exists'),
      writeLimit: new WriteLimit(WRITE_LIMITS),
    });
  }

  findPullRequest({
    branch,
    state,
  }: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined> {
    const head = encodeURIComponent(`${this.#owner}:${branch}`);
    const pullRequests = this.#pullRequests(
      `state=${state === 'any' ? 'all' : 'open'}&head=${head}&sort=created`,
    );
    return findByBranch(pullRequests, branch);
  }

  listOpenPullRequests({ label }: { label?: string } = {}): Promise<
    PullRequest[]
  > {
    return withLabel(this.#pullRequests('state=open&sort=created'), label);
  }

  listPullRequests({ since }: { since?: string }): Promise<PullRequest[]> {
    return changedSince(this.#pullRequests('state=all&sort=updated'), since);
  }

  async getPullRequest(number: number): Promise<PullRequest> {
    return toPullRequest(
      await this.#client.request(githubPullRequestSchema, `/pulls/${number}`),
    );
  }

  listChangedPaths(number: number): Promise<string[]> {
    return pathsOf(
      this.#client.list(githubFileSchema, `/pulls/${number}/files`, {
        pageSize: PAGE_SIZE,
        maxPages: FILE_PAGES,
      }),
    );
  }

  async listChecks(commit: string): Promise<CommitCheck[]> {
    const path = `/commits/${encodeURIComponent(commit)}`;
    const [{ check_runs: runs }, { statuses }] = await Promise.all([
      this.#client.request(
        githubCheckRunsSchema,
        `${path}/check-runs?filter=latest&per_page=${PAGE_SIZE}`,
      ),
      this.#client.request(
        githubStatusSchema,
        `${path}/status?per_page=${PAGE_SIZE}`,
      ),
    ]);
    return [...runs.map(fromCheckRun), ...statuses.map(fromStatus)];
  }

  async listReviews({ number, headCommit }: PullRequest): Promise<Review[]> {
    const reviews = [];
    for await (const review of this.#client.list(
      githubReviewSchema,
      `/pulls/${number}/reviews`,
      { pageSize: PAGE_SIZE },
    )) {
      reviews.push(review);
    }
    return toReviews(reviews, headCommit);
  }

  async openPullRequest(options: {
    branch: string;
    baseBranch: string;
    title: string;
    body: string;
    labels: string[];
  }): Promise<PullRequest> {
    const { branch, baseBranch, title, body, labels } = options;
    const opened = await this.#client.request(
      githubPullRequestSchema,
      '/pulls',
      {
        method: 'POST',
        body: { head: branch, base: baseBranch, title, body },
        conflict: `A pull request is already open for the branch "${branch}".`,
      },
    );
    if (labels.length === 0) {
      return toPullRequest(opened);
    }
    // GitHub creates labels that the repository does not have.
    const labelled = await this.#client.request(
      githubLabelsSchema,
      `/issues/${opened.number}/labels`,
      { method: 'POST', body: { labels } },
    );
    return toPullRequest({ ...opened, labels: labelled });
  }

  async closePullRequest(number: number): Promise<void> {
    await this.#client.request(githubPullRequestSchema, `/pulls/${number}`, {
      method: 'PATCH',
      body: { state: 'closed' },
    });
  }

  fileUrl(options: { branch: string; path: string }): string {
    return fileAddress(`${this.#webUrl}/blob`, options);
  }

  /** Newest, or last changed, first. */
  async *#pullRequests(query: string): AsyncGenerator<PullRequest> {
    for await (const github of this.#client.list(
      githubPullRequestSchema,
      `/pulls?${query}&direction=desc`,
      { pageSize: PAGE_SIZE },
    )) {
      yield toPullRequest(github);
    }
  }
}
