import type { BareRepository } from '../git/BareRepository';
import type { Pull } from './ForgeState';

/** How a pull request stands now. */
export interface PullStanding {
  baseCommit: string;
  headCommit: string;
  mergeBase: string;
  /** The tree that a merge makes; undefined when the branch conflicts with its base, or is not open any more. */
  mergedTree?: string;
  /** Whether the head branch is still there. */
  headExists: boolean;
}

/** Finds out how pull requests stand; each pair of commits is merged once. */
export class PullStandings {
  readonly #repository: BareRepository;
  readonly #merges = new Map<string, Promise<string | undefined>>();

  static create(repository: BareRepository): PullStandings {
    return new PullStandings(repository);
  }

  private constructor(repository: BareRepository) {
    this.#repository = repository;
  }

  async of(pull: Pull): Promise<PullStanding> {
    const branches = await this.#repository.branches();
    const baseCommit = branches.get(pull.base) ?? pull.mergeBase;
    const headExists = branches.has(pull.head);
    if (pull.closedAt) {
      const { headCommit, mergeBase } = pull;
      return { baseCommit, headCommit, mergeBase, headExists };
    }
    const headCommit = branches.get(pull.head) ?? pull.headCommit;
    const mergeBase =
      (await this.#repository.mergeBase(baseCommit, headCommit)) ??
      pull.mergeBase;
    const mergedTree = await this.#mergedTree(baseCommit, headCommit);
    return { baseCommit, headCommit, mergeBase, mergedTree, headExists };
  }

  #mergedTree(base: string, head: string): Promise<string | undefined> {
    const key = `${base} ${head}`;
    const known =
      this.#merges.get(key) ?? this.#repository.mergeTree(base, head);
    this.#merges.set(key, known);
    return known;
  }
}
