import {
  getGiteaRequestOptions,
  type GiteaIntegrationConfig,
} from '@backstage/integration';
import type { CommitCheck, Forge, PullRequest, Review } from '../Forge';
import { ForgeClient } from '../rest/ForgeClient';
import { fileAddress, repositoryPath } from '../rest/addresses';
import {
  changedSince,
  findByBranch,
  pathsOf,
  withLabel,
} from '../rest/readPullRequests';
import { giteaWebhook } from '../webhooks';
import {
  giteaFileSchema,
  giteaLabelSchema,
  giteaLabelsSchema,
  giteaPullRequestSchema,
  giteaReviewsSchema,
  giteaStatusSchema,
  toCheck,
  toPullRequest,
  toReviews,
} from './giteaSchemas';

const PAGE_SIZE = 50;
/** Few pull requests change between two polls, and Gitea needs long for each item of a list. */
const RECENT_PAGE_SIZE = 10;
const LABEL_COLOR = '#1f6feb';

/** Gitea (and Forgejo) through its REST API, version 1. */
export class GiteaForge implements Forge {
  readonly webhook = giteaWebhook;
  readonly account: string | undefined;
  readonly #client: ForgeClient;
  readonly #webUrl: string;

  /** @throws InputError when the URL does not name a repository of this Gitea. */
  constructor(options: {
    repositoryUrl: string;
    integration: GiteaIntegrationConfig;
    account?: string;
  }) {
    const { repositoryUrl, integration, account } = options;
    const baseUrl = (
      integration.baseUrl ?? `https://${integration.host}`
    ).replace(/\/+$/, '');
    const repository = repositoryPath({
      repositoryUrl,
      baseUrl,
      pattern: /^[^/?#]+\/[^/?#]+$/,
      form: '<baseUrl of integrations.gitea>/<owner>/<repository>.git',
    });
    this.account = account ?? integration.username;
    this.#webUrl = `${baseUrl}/${repository}`;
    this.#client = new ForgeClient({
      url: `${baseUrl}/api/v1/repos/${repository}`,
      headers: async () => getGiteaRequestOptions(integration).headers ?? {},
      pageSizeParameter: 'limit',
    });
  }

  findPullRequest({
    branch,
    state,
  }: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined> {
    const pullRequests = this.#pullRequests(state === 'any' ? 'all' : 'open');
    return findByBranch(pullRequests, branch);
  }

  async listOpenPullRequests({ label }: { label?: string } = {}): Promise<
    PullRequest[]
  > {
    const open = await withLabel(this.#pullRequests('open'), label);
    return open.sort((a, b) => b.number - a.number);
  }

  listPullRequests({ since }: { since?: string }): Promise<PullRequest[]> {
    const pullRequests = this.#pullRequests('all', {
      sort: 'recentupdate',
      pageSize: since ? RECENT_PAGE_SIZE : PAGE_SIZE,
    });
    return changedSince(pullRequests, since);
  }

  async getPullRequest(number: number): Promise<PullRequest> {
    const gitea = await this.#client.request(
      giteaPullRequestSchema,
      `/pulls/${number}`,
    );
    return toPullRequest(gitea);
  }

  listChangedPaths(number: number): Promise<string[]> {
    return pathsOf(
      this.#client.list(giteaFileSchema, `/pulls/${number}/files`, {
        pageSize: PAGE_SIZE,
      }),
    );
  }

  async listChecks(commit: string): Promise<CommitCheck[]> {
    const { statuses } = await this.#client.request(
      giteaStatusSchema,
      `/commits/${encodeURIComponent(commit)}/status?limit=${PAGE_SIZE}`,
    );
    return (statuses ?? []).map(toCheck);
  }

  async listReviews({ number }: PullRequest): Promise<Review[]> {
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
    return fileAddress(`${this.#webUrl}/src/branch`, options);
  }

  async *#pullRequests(
    state: 'open' | 'all',
    options: { sort?: 'recentupdate'; pageSize?: number } = {},
  ): AsyncGenerator<PullRequest> {
    const { sort, pageSize = PAGE_SIZE } = options;
    const order = sort ? `&sort=${sort}` : '';
    for await (const gitea of this.#client.list(
      giteaPullRequestSchema,
      `/pulls?state=${state}${order}`,
      { pageSize },
    )) {
      yield toPullRequest(gitea);
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
