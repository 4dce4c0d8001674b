import type { SandboxLogger } from '../logger';
import type { Account } from './accounts';
import type { Pull, Review, Status } from './ForgeState';

/** A ref moved: by a push, a merge, or the deletion of a branch. */
export interface PushEvent {
  ref: string;
  /** 40 zeros when the ref is new. */
  before: string;
  /** 40 zeros when the ref is gone. */
  after: string;
  pusher: Account;
}

export interface PullEvent {
  action:
    | 'opened'
    | 'closed'
    | 'reopened'
    | 'edited'
    | 'synchronized'
    | 'label_updated';
  pull: Pull;
  sender: Account;
}

export interface ReviewEvent {
  review: Review;
  pull: Pull;
  sender: Account;
}

export interface StatusEvent {
  status: Status;
  sender: Account;
}

/** Registers a listener; what it returns takes the listener off again. */
export type Subscribe<T> = (listener: (event: T) => void) => () => void;

export const NO_COMMIT = '0'.repeat(40);

/** Tells listeners what happened. One that fails hinders neither the others nor the one who did it. */
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
