import type { Forge } from '../Forge';
import type { StubCheck, StubDecision } from './StubRepository';

/** A forge with the repository `acme/platform`, and people who act on it. */
export interface ForgeTarget {
  forge: Forge;
  /** Web page of the repository. */
  repositoryPage: string;
  /** Segment of the web page of files, and of the page of a pull request. */
  pages: { files: string; pullRequest: string };
  /** Logins of the portal's account and of the person who reviews. */
  people: { portal: string; reviewer: string };
  /**
   * Pushes a branch that adds `infra/<branch>`, and deletes or renames `infra/old/<branch>` if there is one.
   *
   * @returns its commit.
   */
  push(branch: string): Promise<string>;
  setCheck(commit: string, check: StubCheck): Promise<void>;
  review(number: number, decision: StubDecision): Promise<void>;
  merge(number: number): Promise<void>;
  /** Opens a pull request from a fork's branch of the name. */
  openFromFork?(branch: string): Promise<void>;
  /** Requests and responses that the forge's description does not allow. */
  problems(): string[];
  stop(): Promise<void>;
}
