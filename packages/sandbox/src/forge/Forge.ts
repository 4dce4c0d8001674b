import type { BareRepository } from '../git/BareRepository';
import type { EventChannel, StatusEvent } from './events';
import type { ForgeState } from './ForgeState';
import type { PullRequests } from './PullRequests';

/** All that the routes and pages of the forge work with. */
export interface Forge {
  /** Where it listens, without a slash at the end. */
  rootUrl: string;
  owner: string;
  name: string;
  /** `<owner>/<name>` */
  fullName: string;
  /** The protected default branch. */
  branch: string;
  repository: BareRepository;
  state: ForgeState;
  pulls: PullRequests;
  /** What checks say, as they say it. */
  statuses: EventChannel<StatusEvent>;
}
