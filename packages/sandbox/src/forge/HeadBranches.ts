import type { BareRepository } from '../git/BareRepository';
import type { Account } from './accounts';
import {
  type EventChannel,
  NULL_COMMIT,
  type PullRequestEvent,
  type PushEvent,
} from './events';
import { currentTime, type ForgeState, type PullRequest } from './ForgeState';

interface HeadBranchesOptions {
  repository: BareRepository;
  state: ForgeState;
  pushes: EventChannel<PushEvent>;
  events: EventChannel<PullRequestEvent>;
}

/** Head branches of pull requests. Updates the open pull requests when their branch is pushed or deleted. */
export class HeadBranches {
  readonly #options: HeadBranchesOptions;

  constructor(options: HeadBranchesOptions) {
    this.#options = options;
  }

  /** Lists the open pull requests with a head branch. */
  openPullRequests(head: string): PullRequest[] {
    return this.#options.state.data.pulls.filter(
      pull => pull.head === head && !pull.closedAt,
    );
  }

  /** Deletes a branch, which must be at the given commit, and closes its pull requests. */
  async delete(branch: string, commit: string, pusher: Account): Promise<void> {
    const ref = `refs/heads/${branch}`;
    await this.#options.repository.deleteRef(ref, commit);
    await this.handlePush({ ref, before: commit, after: NULL_COMMIT, pusher });
  }

  /** Updates the pull requests of a pushed branch, and emits the push. */
  async handlePush(push: PushEvent): Promise<void> {
    const { ref, after, pusher } = push;
    const { repository, state, events, pushes } = this.#options;
    const isDeleted = after === NULL_COMMIT;
    for (const pull of this.openPullRequests(
      ref.replace(/^refs\/heads\//, ''),
    )) {
      if (!isDeleted) {
        await repository.updateRef(pullRequestRef(pull.number), after);
      }
      state.update(() => {
        pull.updatedAt = currentTime();
        if (isDeleted) {
          pull.closedAt = pull.updatedAt;
        } else {
          pull.headCommit = after;
        }
      });
      const action = isDeleted ? 'closed' : 'synchronized';
      events.emit({ action, pull, sender: pusher });
    }
    pushes.emit(push);
  }
}

/** Ref by which Gitea keeps the commits of a pull request, even when its branch is deleted. */
export function pullRequestRef(number: number): string {
  return `refs/pull/${number}/head`;
}
