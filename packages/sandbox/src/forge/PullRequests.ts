import type { BareRepository } from '../git/BareRepository';
import { GitError } from '../git/runGit';
import type { SandboxLogger } from '../logger';
import type { Account } from './accounts';
import { ForgeError, notFound } from './ForgeError';
import {
  EventChannel,
  type PullRequestEvent,
  type PushEvent,
  type PullReviewEvent,
} from './events';
import {
  currentTime,
  type ForgeState,
  type PullRequest,
  type PullReview,
} from './ForgeState';
import { createMergeCommit, type MergeStyle } from './createMergeCommit';
import { HeadBranches, pullRequestRef } from './HeadBranches';
import { MergeabilityCache, type Mergeability } from './MergeabilityCache';
import {
  assertMayChangeState,
  assertMayMerge,
  assertMayReview,
  assertNoDuplicate,
  requireMergedTree,
  withoutUndefined,
  type PullRequestChanges,
} from './pullRequestRules';

interface PullRequestsOptions {
  repository: BareRepository;
  state: ForgeState;
  logger: SandboxLogger;
}

/** Opens, reviews, merges and closes pull requests, one write at a time. */
export class PullRequests {
  readonly pushes: EventChannel<PushEvent>;
  readonly events: EventChannel<PullRequestEvent>;
  readonly reviews: EventChannel<PullReviewEvent>;
  readonly #repository: BareRepository;
  readonly #state: ForgeState;
  readonly #mergeabilities: MergeabilityCache;
  readonly #headBranches: HeadBranches;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor({ repository, state, logger }: PullRequestsOptions) {
    this.#repository = repository;
    this.#state = state;
    this.#mergeabilities = new MergeabilityCache(repository);
    this.pushes = new EventChannel(logger);
    this.events = new EventChannel(logger);
    this.reviews = new EventChannel(logger);
    this.#headBranches = new HeadBranches({
      repository,
      state,
      pushes: this.pushes,
      events: this.events,
    });
  }

  /** Returns a pull request. @throws ForgeError 404 */
  get(number: number): PullRequest {
    const found = this.#state.data.pulls.find(pull => pull.number === number);
    if (!found) {
      throw notFound();
    }
    return found;
  }

  /** Computes whether a pull request can be merged. `branches` avoids reading the branches for each of many. */
  mergeability(
    pull: PullRequest,
    branches?: ReadonlyMap<string, string>,
  ): Promise<Mergeability> {
    return this.#mergeabilities.get(pull, branches);
  }

  /** Opens a pull request. @throws ForgeError 404 for unknown branches, 409 for a duplicate, 422 for equal branches. */
  async open(options: {
    poster: Account;
    title: string;
    body: string;
    base: string;
    head: string;
    labels: number[];
  }): Promise<PullRequest> {
    const { poster, title, body, base, head, labels } = options;
    return this.#runExclusively(async () => {
      const branches = await this.#repository.branches();
      const baseCommit = branches.get(base);
      const headCommit = branches.get(head);
      if (!baseCommit || !headCommit) {
        throw notFound();
      }
      if (base === head) {
        throw new ForgeError(
          422,
          'Invalid PullRequest: There are no changes between the head and the base',
        );
      }
      assertNoDuplicate(this.#headBranches.openPullRequests(head), base);
      const mergeBase =
        (await this.#repository.mergeBase(baseCommit, headCommit)) ??
        baseCommit;
      const number = this.#state.data.pulls.length + 1;
      await this.#repository.updateRef(pullRequestRef(number), headCommit);
      const pull = this.#state.update(data => {
        const known = new Set(data.labels.map(label => label.id));
        const createdAt = currentTime();
        const created: PullRequest = {
          number,
          title,
          body,
          poster: poster.login,
          base,
          head,
          headCommit,
          mergeBase,
          labels: labels.filter(id => known.has(id)),
          createdAt,
          updatedAt: createdAt,
        };
        data.pulls.push(created);
        return created;
      });
      this.events.emit({ action: 'opened', pull, sender: poster });
      return pull;
    });
  }

  /** Changes a pull request; undefined changes nothing. @throws ForgeError 404, 409, 412 */
  async edit(
    number: number,
    changes: PullRequestChanges,
    sender: Account,
  ): Promise<PullRequest> {
    return this.#runExclusively(async () => {
      const pull = this.get(number);
      const { state, base, ...fields } = changes;
      const text = withoutUndefined(fields);
      assertMayChangeState(pull, state);
      if (base !== undefined && base !== pull.base && !pull.merged) {
        await this.#changeBase(pull, base);
      }
      const { headCommit, mergeBase } = await this.mergeability(pull);
      const closes = state === 'closed' && !pull.closedAt;
      const reopens = state === 'open' && pull.closedAt !== undefined;
      this.#state.update(() => {
        const updatedAt = currentTime();
        Object.assign(pull, { ...text, headCommit, mergeBase, updatedAt });
        if (closes) {
          pull.closedAt = currentTime();
        } else if (reopens) {
          delete pull.closedAt;
        }
      });
      if (text.labels) {
        this.events.emit({ action: 'label_updated', pull, sender });
      } else if (text.title !== undefined || text.body !== undefined) {
        this.events.emit({ action: 'edited', pull, sender });
      }
      if (closes || reopens) {
        const action = closes ? 'closed' : 'reopened';
        this.events.emit({ action, pull, sender });
      }
      return pull;
    });
  }

  /** Submits a review. @throws ForgeError 404, 422 */
  async review(
    number: number,
    options: { state: PullReview['state']; body: string },
    sender: Account,
  ): Promise<PullReview> {
    const { state, body } = options;
    return this.#runExclusively(async () => {
      const pull = this.get(number);
      assertMayReview(pull, options, sender);
      const { headCommit } = await this.mergeability(pull);
      const review = this.#state.update((data, nextId) => {
        const createdAt = currentTime();
        const created: PullReview = {
          id: nextId(),
          pull: number,
          reviewer: sender.login,
          state,
          body,
          commit: headCommit,
          createdAt,
        };
        data.reviews.push(created);
        pull.updatedAt = createdAt;
        return created;
      });
      this.reviews.emit({ review, pull, sender });
      return review;
    });
  }

  /** Merges a pull request. @throws ForgeError 404, 405, 409 */
  async merge(options: {
    number: number;
    by: Account;
    style: MergeStyle;
    /** Expected head commit. */
    headCommit?: string;
    message?: string;
    deleteBranch?: boolean;
  }): Promise<PullRequest> {
    const { number, by, style, headCommit, message, deleteBranch } = options;
    return this.#runExclusively(async () => {
      const pull = this.get(number);
      assertMayMerge(pull, by);
      const mergeability = await this.mergeability(pull);
      const tree = requireMergedTree(mergeability, headCommit);
      const commit = await createMergeCommit({
        repository: this.#repository,
        pull,
        mergeability,
        tree,
        by,
        style,
        message,
      });
      const ref = `refs/heads/${pull.base}`;
      await this.#repository
        .updateRef(ref, commit, mergeability.baseCommit)
        .catch(error => {
          throw error instanceof GitError
            ? new ForgeError(409, 'merge push out of date')
            : error;
        });
      this.#state.update(() => {
        const at = currentTime();
        pull.headCommit = mergeability.headCommit;
        pull.mergeBase = mergeability.mergeBase;
        pull.merged = { at, by: by.login, commit };
        pull.closedAt = at;
        pull.updatedAt = at;
      });
      const before = mergeability.baseCommit;
      this.pushes.emit({ ref, before, after: commit, pusher: by });
      this.events.emit({ action: 'closed', pull, sender: by });
      if (
        deleteBranch &&
        mergeability.headExists &&
        this.#headBranches.openPullRequests(pull.head).length === 0
      ) {
        await this.#headBranches.delete(pull.head, mergeability.headCommit, by);
      }
      return pull;
    });
  }

  /** Deletes a branch and closes its pull requests. @throws ForgeError 403 for the protected branch, 404 */
  async deleteBranch(
    branch: string,
    protectedBranch: string,
    by: Account,
  ): Promise<void> {
    await this.#runExclusively(async () => {
      const commit = (await this.#repository.branches()).get(branch);
      if (!commit) {
        throw notFound();
      }
      if (branch === protectedBranch) {
        throw new ForgeError(403, 'can not delete default branch');
      }
      await this.#headBranches.delete(branch, commit, by);
    });
  }

  /** Updates pull requests after pushes, and emits the pushes. */
  async handlePushes(events: PushEvent[]): Promise<void> {
    await this.#runExclusively(async () => {
      for (const event of events) {
        await this.#headBranches.handlePush(event);
      }
    });
  }

  async #changeBase(pull: PullRequest, base: string): Promise<void> {
    if (!(await this.#repository.branches()).has(base)) {
      throw notFound(`new base '${base}' not exist`);
    }
    assertNoDuplicate(this.#headBranches.openPullRequests(pull.head), base);
    this.#state.update(() => {
      pull.base = base;
    });
  }

  #runExclusively<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#lastWrite.then(write);
    this.#lastWrite = result.catch(() => {});
    return result;
  }
}
