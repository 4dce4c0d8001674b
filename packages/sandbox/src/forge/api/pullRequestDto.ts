import type { FileChange } from '../../git/parseChanges';
import { findAccount, mayWrite, type Account } from '../accounts';
import type { Forge } from '../Forge';
import type {
  PullRequestComment,
  Label,
  PullRequest,
  PullReview,
  CommitStatus,
} from '../ForgeState';
import { toRepository, toUserByLogin } from './repositoryDto';
import { apiUrl, encodePath, webUrl } from './urls';

/** Builds Gitea's `Label`. */
export function toLabel(forge: Forge, label: Label) {
  return {
    ...label,
    is_archived: false,
    url: `${apiUrl(forge)}/labels/${label.id}`,
  };
}

/** Lists the labels of a pull request in the order of their creation. */
export function labelsOf(forge: Forge, pull: PullRequest): Label[] {
  return forge.state.data.labels.filter(({ id }) => pull.labels.includes(id));
}

/** Builds Gitea's `PullRequest`. If the head branch is deleted, `head.ref` is `refs/pull/<number>/head`. */
export async function toPullRequest(
  forge: Forge,
  pull: PullRequest,
  account: Account,
  branches?: ReadonlyMap<string, string>,
) {
  const mergeability = await forge.pullRequests.mergeability(pull, branches);
  const repository = toRepository(forge, account);
  const address = `${webUrl(forge)}/pulls/${pull.number}`;
  const comments = forge.state.data.comments.filter(
    comment => comment.pull === pull.number,
  );
  return {
    id: pull.number,
    url: address,
    number: pull.number,
    user: toUserByLogin(forge, pull.poster),
    title: pull.title,
    body: pull.body,
    labels: labelsOf(forge, pull).map(label => toLabel(forge, label)),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_reviewers_teams: [],
    state: pull.closedAt ? 'closed' : 'open',
    draft: false,
    is_locked: false,
    comments: comments.length,
    html_url: address,
    diff_url: `${address}.diff`,
    patch_url: `${address}.patch`,
    mergeable:
      pull.merged !== undefined || mergeability.mergedTree !== undefined,
    merged: pull.merged !== undefined,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    merged_by: pull.merged ? toUserByLogin(forge, pull.merged.by) : null,
    allow_maintainer_edit: true,
    base: {
      label: pull.base,
      ref: pull.base,
      sha: mergeability.baseCommit,
      repo_id: 1,
      repo: repository,
    },
    head: {
      label: pull.head,
      ref: mergeability.headExists
        ? pull.head
        : `refs/pull/${pull.number}/head`,
      sha: mergeability.headCommit,
      repo_id: 1,
      repo: repository,
    },
    merge_base: mergeability.mergeBase,
    due_date: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    pin_order: 0,
    content_version: 0,
  };
}

/** Builds Gitea's `ChangedFile`. */
export function toChangedFile(
  forge: Forge,
  change: FileChange,
  commit: string,
) {
  const path = encodePath(change.path);
  return {
    filename: change.path,
    ...(change.previousPath && { previous_filename: change.previousPath }),
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    html_url: `${webUrl(forge)}/src/commit/${commit}/${path}`,
    contents_url: `${apiUrl(forge)}/contents/${path}?ref=${commit}`,
    raw_url: `${webUrl(forge)}/raw/commit/${commit}/${path}`,
  };
}

/** Builds Gitea's `Comment`. */
export function toComment(forge: Forge, comment: PullRequestComment) {
  const address = `${webUrl(forge)}/pulls/${comment.pull}`;
  return {
    id: comment.id,
    html_url: `${address}#issuecomment-${comment.id}`,
    pull_request_url: address,
    issue_url: '',
    user: toUserByLogin(forge, comment.poster),
    original_author: '',
    original_author_id: 0,
    body: comment.body,
    assets: [],
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
  };
}

/** Builds Gitea's `PullReview`. */
export function toPullReview(
  forge: Forge,
  review: PullReview,
  headCommit: string,
) {
  const address = `${webUrl(forge)}/pulls/${review.pull}`;
  const reviewer = findAccount(review.reviewer);
  // A decision dismisses earlier ones of the same reviewer.
  const dismissed =
    isDecision(review) &&
    forge.state.data.reviews.some(
      other =>
        other.pull === review.pull &&
        other.reviewer === review.reviewer &&
        other.id > review.id &&
        isDecision(other),
    );
  return {
    id: review.id,
    user: toUserByLogin(forge, review.reviewer),
    team: null,
    state: review.state,
    body: review.body,
    commit_id: review.commit,
    stale: review.commit !== headCommit,
    official: !dismissed && reviewer !== undefined && mayWrite(reviewer),
    dismissed,
    comments_count: 0,
    submitted_at: review.createdAt,
    updated_at: review.createdAt,
    html_url: `${address}#issuecomment-${review.id}`,
    pull_request_url: address,
  };
}

function isDecision({ state }: PullReview): boolean {
  return state !== 'COMMENT';
}

/** Builds Gitea's `CommitStatus`. */
export function toCommitStatus(forge: Forge, status: CommitStatus) {
  const creator = findAccount(status.creator);
  return {
    id: status.id,
    status: status.state,
    target_url: status.targetUrl,
    description: status.description,
    url: `${apiUrl(forge)}/statuses/${status.sha}`,
    context: status.context,
    creator: creator ? toUserByLogin(forge, creator.login) : null,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
