/** A pull request, as every forge has it. */
export interface PullRequest {
  number: number;
  url: string;
  title: string;
  body: string;
  state: 'open' | 'merged' | 'closed';
  branch: string;
  headCommit: string;
  baseBranch: string;
  labels: string[];
  /** Login of the account that opened it. */
  author: string;
  /** Times are ISO 8601, in whole seconds. */
  createdAt: string;
  /** Moves with its content, state, labels, comments and reviews; not with its checks. */
  updatedAt: string;
  closedAt?: string;
  merge?: { commit: string; at: string; by?: string };
}

/** What one check says of a commit; the latest word of each. */
export interface CommitCheck {
  name: string;
  state: 'running' | 'passed' | 'failed' | 'skipped';
  /** When it said so; ISO 8601. */
  at: string;
  text: string;
  /** As the check gave it: not necessarily a link that is safe to open. */
  link: string;
}

/** The decision that counts of one reviewer. */
export interface Review {
  by: string;
  decision: 'approved' | 'changes-requested';
  /** ISO 8601. */
  at: string;
  /** Commits were pushed since. */
  stale: boolean;
}

/** REST of a forge: finds, opens and reads pull requests. Content moves by Git. Implementations: Gitea (GitHub and GitLab will join). */
export interface Forge {
  findPullRequest(options: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined>;
  /** Open pull requests that carry the label, newest first. */
  listOpenPullRequests(options: { label: string }): Promise<PullRequest[]>;
  /**
   * All pull requests of any state and anybody's making, the last changed first. Who merged them is left out.
   *
   * @param options.since - only those with this `updatedAt` or a later one. Times are whole seconds, so one that changed
   * twice in the same second shows the same time twice.
   */
  listPullRequests(options: { since?: string }): Promise<PullRequest[]>;
  /** @throws NotFoundError */
  getPullRequest(number: number): Promise<PullRequest>;
  /**
   * The paths that a pull request adds, changes, deletes, or renames from; relative to the repository's root. Of one that
   * changes more than a thousand files, the first thousand.
   */
  listChangedPaths(number: number): Promise<string[]>;
  listChecks(commit: string): Promise<CommitCheck[]>;
  /** Of people whose word counts for the merge, one each: dismissed reviews and mere comments are left out. */
  listReviews(number: number): Promise<Review[]>;
  /** @throws ConflictError when one is open for the same branches. */
  openPullRequest(options: {
    branch: string;
    baseBranch: string;
    title: string;
    body: string;
    labels: string[];
  }): Promise<PullRequest>;
  /** Where people read a file or a directory of a branch; `path` is relative to the repository's root. */
  fileUrl(options: { branch: string; path: string }): string;
}
