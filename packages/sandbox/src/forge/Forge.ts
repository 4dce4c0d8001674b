import type { BareRepository } from '../git/BareRepository';
import type { EventChannel, CommitStatusEvent } from './events';
import type { ForgeState } from './ForgeState';
import type { PullRequests } from './PullRequests';

/** The repository of the forge and its state, as the API routes and pages use them. */
export interface Forge {
  /** Base URL without a trailing slash. */
  rootUrl: string;
  owner: string;
  name: string;
  /** `<owner>/<name>` */
  fullName: string;
  /** The protected default branch. */
  branch: string;
  repository: BareRepository;
  state: ForgeState;
  pullRequests: PullRequests;
  /** Commit statuses as they are reported. */
  statuses: EventChannel<CommitStatusEvent>;
}
