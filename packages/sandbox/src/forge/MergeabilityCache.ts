import type { BareRepository } from '../git/BareRepository';
import type { PullRequest } from './ForgeState';

/** Commits of a pull request, and the result of merging them. */
export interface Mergeability {
  baseCommit: string;
  headCommit: string;
  mergeBase: string;
  /** Tree of the merge; undefined when there are conflicts or the pull request is closed. */
  mergedTree?: string;
  /** False once the head branch is deleted. */
  headExists: boolean;
}

type MergeResult = { mergeBase?: string; mergedTree?: string };

/** Computes whether pull requests can be merged, once for each pair of commits. */
export class MergeabilityCache {
  readonly #repository: BareRepository;
  readonly #merges = new Map<string, Promise<MergeResult>>();

  constructor(repository: BareRepository) {
    this.#repository = repository;
  }

  /** Computes the mergeability of a pull request. `branches` are the current branches, if the caller has read them. */
  async get(
    pull: PullRequest,
    branches?: ReadonlyMap<string, string>,
  ): Promise<Mergeability> {
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

  #merge(base: string, head: string): Promise<MergeResult> {
    const key = `${base} ${head}`;
    const merge = this.#merges.get(key) ?? this.#compute(base, head);
    this.#merges.set(key, merge);
    return merge;
  }

  async #compute(base: string, head: string): Promise<MergeResult> {
    const [mergeBase, mergedTree] = await Promise.all([
      this.#repository.mergeBase(base, head),
      this.#repository.mergeTree(base, head),
    ]);
    return { mergeBase, mergedTree };
  }
}
