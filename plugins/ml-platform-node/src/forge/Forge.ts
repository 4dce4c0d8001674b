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
  createdAt: string;
}

/** REST of a forge: finds, opens and reads pull requests. Content moves by Git. Implementations: Gitea (GitHub and GitLab will join). */
export interface Forge {
  findPullRequest(options: {
    branch: string;
    state: 'open' | 'any';
  }): Promise<PullRequest | undefined>;
  /** Open pull requests that carry the label, newest first. */
  listOpenPullRequests(options: { label: string }): Promise<PullRequest[]>;
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
