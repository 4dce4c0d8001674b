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

type Merge = { mergeBase?: string; mergedTree?: string };

/** Finds out how pull requests stand; each pair of commits is looked at once. */
export class PullStandings {
  readonly #repository: BareRepository;
  readonly #merges = new Map<string, Promise<Merge>>();

  constructor(repository: BareRepository) {
    this.#repository = repository;
  }

  /** The branches are those of this moment, for callers who ask about many pull requests. */
  async of(
    pull: Pull,
    branches?: ReadonlyMap<string, string>,
  ): Promise<PullStanding> {
    const heads = branches ?? (await this.#repository.branches());
    const baseCommit = heads.get(pull.base) ?? pull.mergeBase;
    const headExists = heads.has(pull.head);
    if (pull.closedAt) {
      const { headCommit, mergeBase } = pull;
      return { baseCommit, headCommit, mergeBase, headExists };
    }
    const headCommit = heads.get(pull.head) ?? pull.headCommit;
    const { mergeBase = pull.mergeBase, mergedTree } = await this.#merge(
      baseCommit,
      headCommit,
    );
    return { baseCommit, headCommit, mergeBase, mergedTree, headExists };
  }

  #merge(base: string, head: string): Promise<Merge> {
    const key = `${base} ${head}`;
    const merge = this.#merges.get(key) ?? this.#compute(base, head);
    this.#merges.set(key, merge);
    return merge;
  }

  async #compute(base: string, head: string): Promise<Merge> {
    const [mergeBase, mergedTree] = await Promise.all([
      this.#repository.mergeBase(base, head),
      this.#repository.mergeTree(base, head),
    ]);
    return { mergeBase, mergedTree };
  }
}
