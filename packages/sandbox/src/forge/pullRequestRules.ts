import { mayAdminister, type Account } from './accounts';
import { ForgeError, notFound } from './ForgeError';
import type { PullRequest, PullReview } from './ForgeState';
import type { Mergeability } from './MergeabilityCache';

export interface PullRequestChanges {
  title?: string;
  body?: string;
  base?: string;
  /** Ids of labels. */
  labels?: number[];
  /** `open` or `closed`. */
  state?: string;
}

/** Returns the changes that are set. */
export function withoutUndefined<T extends object>(changes: T): T {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as T;
}

/** Checks that none of the open pull requests of a head branch has the same base. @throws ForgeError 409 */
export function assertNoDuplicate(pulls: PullRequest[], base: string): void {
  const duplicate = pulls.find(pull => pull.base === base);
  if (duplicate) {
    const { number, head } = duplicate;
    throw new ForgeError(
      409,
      `pull request already exists for these targets [id: ${number}, issue_id: ${number}, ` +
        `head_repo_id: 1, base_repo_id: 1, head_branch: ${head}, base_branch: ${base}]`,
    );
  }
}

/** Checks that a pull request may get a state. @throws ForgeError 412 */
export function assertMayChangeState(
  pull: PullRequest,
  state: string | undefined,
): void {
  if (state !== undefined && pull.merged) {
    throw new ForgeError(
      412,
      'cannot change state of this pull request, it was already merged',
    );
  }
  if (state !== undefined && state !== 'open' && state !== 'closed') {
    throw new ForgeError(412, `unknown state: ${state}`);
  }
}

/** Checks that a review may be submitted. @throws ForgeError 422 */
export function assertMayReview(
  pull: PullRequest,
  { state, body }: Pick<PullReview, 'state' | 'body'>,
  reviewer: Account,
): void {
  if (state !== 'COMMENT' && pull.poster === reviewer.login) {
    throw new ForgeError(
      422,
      state === 'APPROVED'
        ? 'approve your own pull is not allowed'
        : 'reject your own pull is not allowed',
    );
  }
  if (pull.closedAt && state !== 'COMMENT') {
    throw new ForgeError(422, "can't submit review for a closed or merged PR");
  }
  if (state !== 'APPROVED' && body.trim() === '') {
    const required = state === 'COMMENT' ? 'a body or a comment' : 'a body';
    throw new ForgeError(422, `review event ${state} requires ${required}`);
  }
}

/** Checks that an account may merge a pull request. @throws ForgeError 404, 405 */
export function assertMayMerge(pull: PullRequest, account: Account): void {
  if (pull.merged) {
    throw new ForgeError(405, '');
  }
  if (pull.closedAt) {
    throw notFound();
  }
  if (!mayAdminister(account)) {
    throw new ForgeError(405, 'User not allowed to merge PR');
  }
}

/** Returns the tree of a merge. @throws ForgeError 405 when there are conflicts, 409 when the head has changed. */
export function requireMergedTree(
  { mergedTree, headCommit }: Mergeability,
  expectedHead?: string,
): string {
  if (mergedTree === undefined) {
    throw new ForgeError(405, 'Please try again later');
  }
  if (expectedHead && expectedHead !== headCommit) {
    throw new ForgeError(409, 'head out of date');
  }
  return mergedTree;
}
