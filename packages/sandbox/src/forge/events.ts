import type { SandboxLogger } from '../logger';
import type { Account } from './accounts';
import type { PullRequest, PullReview, CommitStatus } from './ForgeState';

/** A change of a ref: by a push, a merge, or the deletion of a branch. */
export interface PushEvent {
  ref: string;
  /** {@link NULL_COMMIT} for a new ref. */
  before: string;
  /** {@link NULL_COMMIT} for a deleted ref. */
  after: string;
  pusher: Account;
}

export interface PullRequestEvent {
  action:
    | 'opened'
    | 'closed'
    | 'reopened'
    | 'edited'
    | 'synchronized'
    | 'label_updated';
  pull: PullRequest;
  sender: Account;
}

export interface PullReviewEvent {
  review: PullReview;
  pull: PullRequest;
  sender: Account;
}

export interface CommitStatusEvent {
  status: CommitStatus;
  sender: Account;
}

/** Registers a listener. Returns a function that unregisters it. */
export type Subscribe<T> = (listener: (event: T) => void) => () => void;

export const NULL_COMMIT = '0'.repeat(40);

/** Emits events of one type. A failing listener affects neither the other listeners nor the emitter. */
export class EventChannel<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly #logger: SandboxLogger;

  constructor(logger: SandboxLogger) {
    this.#logger = logger;
  }

  readonly subscribe: Subscribe<T> = listener => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  emit(event: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#logger.error(`A listener of the forge failed: ${error}`);
      }
    }
  }
}
