import type { ForgeWebhook } from './webhooks';

/** A pull request, independent of the forge. */
export interface PullRequest {
  number: number;
  url: string;
  title: string;
  body: string;
  state: 'open' | 'merged' | 'closed';
  branch: string;
  headCommit: string;
  /** True when the branch is in another repository. */
  fromFork: boolean;
  baseBranch: string;
  labels: string[];
  /** Login of the account that opened it. */
  author: string;
  /** Times are ISO 8601, in whole seconds. */
  createdAt: string;
  /** Changes with content, state, labels, comments and reviews, but not with checks. */
  updatedAt: string;
  closedAt?: string;
  merge?: { commit: string; at: string; by?: string };
}

/** Latest result of one check on a commit. */
export interface CommitCheck {
  name: string;
  state: 'running' | 'passed' | 'failed' | 'skipped';
  /** Time of the result; ISO 8601. */
  at: string;
  text: string;
  /** As the check reported it; not necessarily safe to open. */
  link: string;
}

/** Effective review of one reviewer. */
export interface Review {
  by: string;
  decision: 'approved' | 'changes-requested';
  /** ISO 8601. */
  at: string;
  /** True when commits were pushed after the review. */
  stale: boolean;
}

/** Client of a forge's REST API for pull requests (GitLab: merge requests); content is transferred with Git. */
export interface Forge {
  readonly webhook: ForgeWebhook;
  /** Login of the portal's account; undefined when neither `integrations` nor `mlPlatform.repository.account` names it. */
  readonly account: string | undefined;
  findPullRequest(options: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined>;
  /** Lists open pull requests, newest first. */
  listOpenPullRequests(options?: { label?: string }): Promise<PullRequest[]>;
  /**
   * Lists pull requests of any state and author, the last changed first, without `merge.by`.
   *
   * @param options.since - earliest `updatedAt`. Times are whole seconds, so two changes within a second have the same time.
   */
  listPullRequests(options: { since?: string }): Promise<PullRequest[]>;
  /** @throws NotFoundError */
  getPullRequest(number: number): Promise<PullRequest>;
  /**
   * Lists the paths that a pull request adds, modifies, deletes or renames from, relative to the repository's root; at most
   * the first thousand.
   */
  listChangedPaths(number: number): Promise<string[]>;
  listChecks(commit: string): Promise<CommitCheck[]>;
  /** Lists one review per reviewer who counts for the merge, without dismissed reviews and comments. */
  listReviews(pullRequest: PullRequest): Promise<Review[]>;
  /** @throws ConflictError when a pull request is open for the same branches. */
  openPullRequest(options: {
    branch: string;
    baseBranch: string;
    title: string;
    body: string;
    labels: string[];
  }): Promise<PullRequest>;
  closePullRequest(number: number): Promise<void>;
  /** Web page of a file or directory on a branch; `path` is relative to the repository's root. */
  fileUrl(options: { branch: string; path: string }): string;
}
