import type { BareRepository } from '../git/BareRepository';
import { GitError } from '../git/runGit';
import type { SandboxLogger } from '../logger';
import { mayAdminister, type Account } from './accounts';
import { ForgeError, notFound } from './errors';
import {
  EventChannel,
  NO_COMMIT,
  type PullEvent,
  type PushEvent,
  type ReviewEvent,
} from './events';
import { now, type ForgeState, type Pull, type Review } from './ForgeState';
import { mergeCommit, type MergeStyle } from './mergeCommit';
import { PullStandings, type PullStanding } from './PullStandings';

export interface PullRequestsOptions {
  repository: BareRepository;
  state: ForgeState;
  logger: SandboxLogger;
}

/** Opens, follows, merges and closes pull requests; one write at a time. */
export class PullRequests {
  readonly pushes: EventChannel<PushEvent>;
  readonly events: EventChannel<PullEvent>;
  readonly reviews: EventChannel<ReviewEvent>;
  readonly #repository: BareRepository;
  readonly #state: ForgeState;
  readonly #standings: PullStandings;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor({ repository, state, logger }: PullRequestsOptions) {
    this.#repository = repository;
    this.#state = state;
    this.#standings = new PullStandings(repository);
    this.pushes = new EventChannel(logger);
    this.events = new EventChannel(logger);
    this.reviews = new EventChannel(logger);
  }

  /** @throws ForgeError 404 */
  get(number: number): Pull {
    const found = this.#state.data.pulls.find(pull => pull.number === number);
    if (!found) {
      throw notFound();
    }
    return found;
  }

  /** How the pull request stands now, or with the given branches. */
  standing(
    pull: Pull,
    branches?: ReadonlyMap<string, string>,
  ): Promise<PullStanding> {
    return this.#standings.of(pull, branches);
  }

  /** @throws ForgeError 404 for unknown branches, 409 when there is one for the same branches, 422 without a difference. */
  async open(options: {
    poster: Account;
    title: string;
    body: string;
    base: string;
    head: string;
    labels: number[];
  }): Promise<Pull> {
    const { poster, title, body, base, head, labels } = options;
    return this.#serially(async () => {
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
      const same = this.#openFrom(head).find(pull => pull.base === base);
      if (same) {
        throw new ForgeError(
          409,
          `pull request already exists for these targets [id: ${same.number}, issue_id: ${same.number}, ` +
            `head_repo_id: 1, base_repo_id: 1, head_branch: ${head}, base_branch: ${base}]`,
        );
      }
      const mergeBase =
        (await this.#repository.mergeBase(baseCommit, headCommit)) ??
        baseCommit;
      const number = this.#state.data.pulls.length + 1;
      await this.#repository.updateRef(pullRef(number), headCommit);
      const pull = this.#state.update(data => {
        const known = new Set(data.labels.map(label => label.id));
        const createdAt = now();
        const created: Pull = {
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

  /** Changes text, labels or state (of one that is not merged). */
  async edit(
    number: number,
    changes: {
      title?: string;
      body?: string;
      labels?: number[];
      state?: 'open' | 'closed';
    },
    sender: Account,
  ): Promise<Pull> {
    return this.#serially(async () => {
      const pull = this.get(number);
      const { state, ...text } = changes;
      if (state && pull.merged) {
        throw new ForgeError(
          412,
          'cannot change state of this pull request, it was already merged',
        );
      }
      const { headCommit, mergeBase } = await this.standing(pull);
      const closes = state === 'closed' && !pull.closedAt;
      const reopens = state === 'open' && pull.closedAt !== undefined;
      this.#state.update(() => {
        Object.assign(pull, text, { headCommit, mergeBase, updatedAt: now() });
        if (closes) {
          pull.closedAt = now();
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

  /** @throws ForgeError 404, 422 */
  async review(
    number: number,
    options: { state: Review['state']; body: string },
    sender: Account,
  ): Promise<Review> {
    const { state, body } = options;
    return this.#serially(async () => {
      const pull = this.get(number);
      if (state !== 'COMMENT' && pull.poster === sender.login) {
        throw new ForgeError(
          422,
          state === 'APPROVED'
            ? 'approve your own pull is not allowed'
            : 'reject your own pull is not allowed',
        );
      }
      if (pull.closedAt && state !== 'COMMENT') {
        throw new ForgeError(
          422,
          "can't submit review for a closed or merged PR",
        );
      }
      if (state !== 'APPROVED' && body.trim() === '') {
        const what = state === 'COMMENT' ? 'a body or a comment' : 'a body';
        throw new ForgeError(422, `review event ${state} requires ${what}`);
      }
      const { headCommit } = await this.standing(pull);
      const review = this.#state.update((data, nextId) => {
        const createdAt = now();
        const created: Review = {
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

  /** @throws ForgeError 404, 405 or 409, as Gitea gives them. */
  async merge(options: {
    number: number;
    by: Account;
    style: MergeStyle;
    /** The commit that was reviewed; another one is not merged. */
    headCommit?: string;
    message?: string;
    deleteBranch?: boolean;
  }): Promise<Pull> {
    const { number, by, style, headCommit, message, deleteBranch } = options;
    return this.#serially(async () => {
      const pull = this.get(number);
      if (pull.merged) {
        throw new ForgeError(405, '');
      }
      if (pull.closedAt) {
        throw notFound();
      }
      if (!mayAdminister(by)) {
        throw new ForgeError(405, 'User not allowed to merge PR');
      }
      const standing = await this.standing(pull);
      if (standing.mergedTree === undefined) {
        throw new ForgeError(405, 'Please try again later');
      }
      if (headCommit && headCommit !== standing.headCommit) {
        throw new ForgeError(409, 'head out of date');
      }
      const commit = await mergeCommit({
        repository: this.#repository,
        pull,
        standing,
        tree: standing.mergedTree,
        by,
        style,
        message,
      });
      const ref = `refs/heads/${pull.base}`;
      await this.#repository
        .updateRef(ref, commit, standing.baseCommit)
        .catch(error => {
          throw error instanceof GitError
            ? new ForgeError(409, 'merge push out of date')
            : error;
        });
      this.#state.update(() => {
        const at = now();
        pull.headCommit = standing.headCommit;
        pull.mergeBase = standing.mergeBase;
        pull.merged = { at, by: by.login, commit };
        pull.closedAt = at;
        pull.updatedAt = at;
      });
      const before = standing.baseCommit;
      this.pushes.emit({ ref, before, after: commit, pusher: by });
      this.events.emit({ action: 'closed', pull, sender: by });
      if (
        deleteBranch &&
        standing.headExists &&
        this.#openFrom(pull.head).length === 0
      ) {
        await this.#deleteBranch(pull.head, standing.headCommit, by);
      }
      return pull;
    });
  }

  /** @throws ForgeError 403 for the protected branch, 404 */
  async deleteBranch(
    branch: string,
    protectedBranch: string,
    by: Account,
  ): Promise<void> {
    await this.#serially(async () => {
      const commit = (await this.#repository.branches()).get(branch);
      if (!commit) {
        throw notFound();
      }
      if (branch === protectedBranch) {
        throw new ForgeError(403, 'can not delete default branch');
      }
      await this.#deleteBranch(branch, commit, by);
    });
  }

  /** What a push means for pull requests; tells the listeners. */
  async pushed(events: PushEvent[]): Promise<void> {
    await this.#serially(async () => {
      for (const event of events) {
        await this.#followPush(event);
        this.pushes.emit(event);
      }
    });
  }

  async #deleteBranch(
    branch: string,
    commit: string,
    pusher: Account,
  ): Promise<void> {
    const ref = `refs/heads/${branch}`;
    await this.#repository.deleteRef(ref, commit);
    const event = { ref, before: commit, after: NO_COMMIT, pusher };
    await this.#followPush(event);
    this.pushes.emit(event);
  }

  async #followPush({ ref, after, pusher }: PushEvent): Promise<void> {
    const head = ref.replace(/^refs\/heads\//, '');
    for (const pull of this.#openFrom(head)) {
      const gone = after === NO_COMMIT;
      if (!gone) {
        await this.#repository.updateRef(pullRef(pull.number), after);
      }
      this.#state.update(() => {
        pull.updatedAt = now();
        if (gone) {
          pull.closedAt = pull.updatedAt;
        } else {
          pull.headCommit = after;
        }
      });
      const action = gone ? 'closed' : 'synchronized';
      this.events.emit({ action, pull, sender: pusher });
    }
  }

  #openFrom(head: string): Pull[] {
    return this.#state.data.pulls.filter(
      pull => pull.head === head && !pull.closedAt,
    );
  }

  #serially<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#lastWrite.then(write);
    this.#lastWrite = result.catch(() => {});
    return result;
  }
}

/** Gitea keeps a pull request's commits reachable by this ref, also when its branch is gone. */
function pullRef(number: number): string {
  return `refs/pull/${number}/head`;
}
