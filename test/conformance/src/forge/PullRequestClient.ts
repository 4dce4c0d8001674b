import { waitUntil } from '@internal/real-platform';
import type { Suite } from '../Suite';
import type { ForgeUser } from '../targets/ForgeApi';
import type { Target } from '../targets/Target';

export const REPOSITORY = '/repos/acme/platform';
export const PULLS = `${REPOSITORY}/pulls`;

export interface Pull {
  number: number;
  state: string;
  merged: boolean;
  mergeable: boolean;
  merge_commit_sha: string | null;
  merge_base: string;
  merged_by: { login: string } | null;
  updated_at: string;
  labels: Array<{ name: string }>;
  head: { ref: string; sha: string; label: string };
  base: { ref: string; sha: string };
}

/** Pull requests on the platform repository of a suite's target. */
export class PullRequestClient {
  readonly #suite: Suite<Target>;

  constructor(suite: Suite<Target>) {
    this.#suite = suite;
  }

  request<T = unknown>(
    user: ForgeUser,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ) {
    return this.#suite.target.forge.request<T>(user, method, path, body);
  }

  /** Tries to open a pull request for an existing branch. */
  open(branch: string, fields: object = {}) {
    return this.request<Pull>('portal-bot', 'POST', PULLS, {
      title: `Add ${branch}`,
      body: 'Because.',
      head: branch,
      base: 'main',
      ...fields,
    });
  }

  /** Opens a pull request that adds a file with the name of its branch. */
  async create(branch: string, fields: object = {}): Promise<Pull> {
    await this.#suite.target.repository.branch(branch, {
      [`infra/${branch}.md`]: `${branch}\n`,
    });
    const { status, text, body } = await this.open(branch, fields);
    if (status !== 201) {
      throw new Error(`${status} ${text}`);
    }
    return body;
  }

  async read(number: number): Promise<Pull> {
    const { body } = await this.request<Pull>(
      'portal-bot',
      'GET',
      `${PULLS}/${number}`,
    );
    return body;
  }

  /** Waits until Gitea, which checks for conflicts in the background, has the expected result. */
  mergeable(number: number, expected = true): Promise<Pull> {
    return waitUntil(`the mergeability of ${number}`, async () => {
      const pull = await this.read(number);
      if (pull.mergeable !== expected) {
        throw new Error(`mergeable is ${pull.mergeable}`);
      }
      return pull;
    });
  }

  merge(number: number, user: ForgeUser, options: object = {}) {
    return this.request(user, 'POST', `${PULLS}/${number}/merge`, {
      Do: 'merge',
      ...options,
    });
  }
}
