/** Decision of a review, as forges have them all. */
export type StubDecision = 'approved' | 'changes-requested' | 'commented';

export interface StubCheck {
  name: string;
  state: 'running' | 'failed' | 'passed';
  text: string;
  link: string;
}

export interface StubPull {
  number: number;
  title: string;
  body: string;
  branch: string;
  base: string;
  labels: string[];
  fromFork: boolean;
  state: 'open' | 'closed' | 'merged';
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergeCommit: string | null;
  reviews: Array<{ decision: StubDecision; commit: string; at: string }>;
}

export interface StubFile {
  path: string;
  previousPath?: string;
  status: 'added' | 'modified' | 'removed' | 'renamed';
}

/** State of a repository with pull requests, without Git: the forges' stubs show it in their API's shapes. */
export class StubRepository {
  readonly pulls: StubPull[] = [];
  readonly #branches = new Map<string, { commit: string; files: StubFile[] }>();
  readonly #checks = new Map<string, Map<string, StubCheck & { at: string }>>();
  #ticks = 0;

  push(branch: string, files: StubFile[]): string {
    const commit = this.#commit();
    this.#branches.set(branch, { commit, files });
    for (const pull of this.pulls.filter(other => other.branch === branch)) {
      pull.updatedAt = this.#time();
    }
    return commit;
  }

  headOf(branch: string): string {
    return this.#branches.get(branch)?.commit ?? '';
  }

  filesOf(branch: string): StubFile[] {
    return this.#branches.get(branch)?.files ?? [];
  }

  find(number: number): StubPull | undefined {
    return this.pulls.find(pull => pull.number === number);
  }

  /** @returns undefined when one is open for the branch. */
  open(
    fields: Pick<StubPull, 'title' | 'body' | 'branch' | 'base' | 'labels'> & {
      fromFork?: boolean;
    },
  ): StubPull | undefined {
    const { branch, fromFork = false } = fields;
    if (
      this.pulls.some(
        pull =>
          pull.branch === branch &&
          pull.state === 'open' &&
          pull.fromFork === fromFork,
      )
    ) {
      return undefined;
    }
    const at = this.#time();
    const pull: StubPull = {
      ...fields,
      fromFork,
      number: this.pulls.length + 1,
      state: 'open',
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      mergeCommit: null,
      reviews: [],
    };
    this.pulls.push(pull);
    return pull;
  }

  close(pull: StubPull): StubPull {
    const at = this.#time();
    return Object.assign(pull, {
      state: 'closed',
      updatedAt: at,
      closedAt: at,
    });
  }

  merge(number: number): string {
    const pull = this.find(number);
    if (!pull) {
      throw new Error(`There is no pull request ${number}`);
    }
    const mergeCommit = this.#commit();
    this.close(pull);
    Object.assign(pull, { state: 'merged', mergeCommit });
    return mergeCommit;
  }

  review(number: number, decision: StubDecision): void {
    const pull = this.find(number);
    if (pull) {
      const at = this.#time();
      pull.reviews.push({ decision, commit: this.headOf(pull.branch), at });
      pull.updatedAt = at;
    }
  }

  setCheck(commit: string, check: StubCheck): void {
    const checks = this.#checks.get(commit) ?? new Map();
    this.#checks.set(commit, checks);
    checks.set(check.name, { ...check, at: this.#time() });
  }

  checksOf(commit: string): Array<StubCheck & { at: string }> {
    return [...(this.#checks.get(commit)?.values() ?? [])];
  }

  /** Actions of people, for a `ForgeTarget`. */
  actions() {
    return {
      push: async (branch: string) =>
        this.push(branch, [
          { path: `infra/${branch}`, status: 'added' },
          {
            path: 'infra/b',
            previousPath: `infra/old/${branch}`,
            status: 'renamed',
          },
        ]),
      setCheck: async (commit: string, check: StubCheck) =>
        this.setCheck(commit, check),
      review: async (number: number, decision: StubDecision) =>
        this.review(number, decision),
      merge: async (number: number) => {
        this.merge(number);
      },
      openFromFork: async (branch: string) => {
        this.open({
          branch,
          base: 'main',
          title: '',
          body: '',
          labels: [],
          fromFork: true,
        });
      },
    };
  }

  #commit(): string {
    this.#ticks += 1;
    return this.#ticks.toString(16).padStart(40, '0');
  }

  /** A second later each time. */
  #time(): string {
    this.#ticks += 1;
    return new Date(Date.UTC(2026, 10, 30) + this.#ticks * 1_000)
      .toISOString()
      .replace('.000', '');
  }
}

/** One page of a list, by the query of GitHub and GitLab. */
export function pageOf<T>(items: T[], query: Record<string, unknown>): T[] {
  const { page = 1, per_page: size = 20 } = query;
  const start = (Number(page) - 1) * Number(size);
  return items.slice(start, start + Number(size));
}
