import {
  getGitLabRequestOptions,
  type GitLabIntegrationConfig,
} from '@backstage/integration';
import type { CommitCheck, Forge, PullRequest, Review } from '../Forge';
import { fileAddress, repositoryPath } from '../rest/addresses';
import { ForgeClient } from '../rest/ForgeClient';
import {
  changedSince,
  findByBranch,
  withLabel,
} from '../rest/readPullRequests';
import { gitlabWebhook } from '../webhooks';
import {
  gitlabApprovalsSchema,
  gitlabDiffSchema,
  gitlabMergeRequestSchema,
  gitlabReviewersSchema,
  gitlabStatusSchema,
  toCheck,
  toPullRequest,
  toReviews,
} from './gitlabSchemas';

const PAGE_SIZE = 100;
/** A thousand files, as `Forge` promises. */
const FILE_PAGES = 10;

/** GitLab.com and self-managed GitLab (16 or later) through the REST API, version 4. A pull request is a merge request. */
export class GitlabForge implements Forge {
  readonly webhook = gitlabWebhook;
  readonly account: string | undefined;
  readonly #client: ForgeClient;
  readonly #webUrl: string;

  /** @throws InputError when the URL does not name a project of this GitLab. */
  constructor(options: {
    repositoryUrl: string;
    integration: GitLabIntegrationConfig;
    account?: string;
  }) {
    const { repositoryUrl, integration, account } = options;
    const project = repositoryPath({
      repositoryUrl,
      baseUrl: integration.baseUrl.replace(/\/+$/, ''),
      pattern: /^[^/?#]+(\/[^/?#]+)+$/,
      form: '<baseUrl of integrations.gitlab>/<group>/<project>.git',
    });
    this.account = account;
    this.#webUrl = `${integration.baseUrl.replace(/\/+$/, '')}/${project}`;
    this.#client = new ForgeClient({
      url: `${integration.apiBaseUrl}/projects/${encodeURIComponent(project)}`,
      headers: async () => getGitLabRequestOptions(integration).headers,
      pageSizeParameter: 'per_page',
    });
  }

  findPullRequest({
    branch,
    state,
  }: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined> {
    const source = encodeURIComponent(branch);
    const pullRequests = this.#mergeRequests(
      `state=${
        state === 'any' ? 'all' : 'opened'
      }&source_branch=${source}&order_by=created_at`,
    );
    return findByBranch(pullRequests, branch);
  }

  listOpenPullRequests({ label }: { label?: string } = {}): Promise<
    PullRequest[]
  > {
    return withLabel(
      this.#mergeRequests('state=opened&order_by=created_at'),
      label,
    );
  }

  listPullRequests({ since }: { since?: string }): Promise<PullRequest[]> {
    const after = since ? `&updated_after=${encodeURIComponent(since)}` : '';
    return changedSince(
      this.#mergeRequests(`state=all&order_by=updated_at${after}`),
      since,
    );
  }

  async getPullRequest(number: number): Promise<PullRequest> {
    return toPullRequest(
      await this.#client.request(
        gitlabMergeRequestSchema,
        `/merge_requests/${number}`,
      ),
    );
  }

  async listChangedPaths(number: number): Promise<string[]> {
    const paths = new Set<string>();
    for await (const diff of this.#client.list(
      gitlabDiffSchema,
      `/merge_requests/${number}/diffs`,
      { pageSize: PAGE_SIZE, maxPages: FILE_PAGES },
    )) {
      paths.add(diff.new_path).add(diff.old_path);
    }
    return [...paths];
  }

  async listChecks(commit: string): Promise<CommitCheck[]> {
    const checks: CommitCheck[] = [];
    for await (const status of this.#client.list(
      gitlabStatusSchema,
      `/repository/commits/${encodeURIComponent(commit)}/statuses`,
      { pageSize: PAGE_SIZE },
    )) {
      checks.push(toCheck(status));
    }
    return checks;
  }

  async listReviews({ number, updatedAt }: PullRequest): Promise<Review[]> {
    const [approvals, reviewers] = await Promise.all([
      this.#client.request(
        gitlabApprovalsSchema,
        `/merge_requests/${number}/approvals`,
      ),
      this.#client.request(
        gitlabReviewersSchema,
        `/merge_requests/${number}/reviewers`,
      ),
    ]);
    return toReviews(approvals, reviewers, updatedAt);
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
      gitlabMergeRequestSchema,
      '/merge_requests',
      {
        method: 'POST',
        body: {
          source_branch: branch,
          target_branch: baseBranch,
          title,
          description: body,
          labels,
        },
        conflict: `A pull request is already open for the branch "${branch}".`,
      },
    );
    return toPullRequest(opened);
  }

  async closePullRequest(number: number): Promise<void> {
    await this.#client.request(
      gitlabMergeRequestSchema,
      `/merge_requests/${number}`,
      { method: 'PUT', body: { state_event: 'close' } },
    );
  }

  fileUrl(options: { branch: string; path: string }): string {
    return fileAddress(`${this.#webUrl}/-/blob`, options);
  }

  /** Newest, or last changed, first. */
  async *#mergeRequests(query: string): AsyncGenerator<PullRequest> {
    for await (const gitlab of this.#client.list(
      gitlabMergeRequestSchema,
      `/merge_requests?${query}&sort=desc`,
      { pageSize: PAGE_SIZE },
    )) {
      yield toPullRequest(gitlab);
    }
  }
}
