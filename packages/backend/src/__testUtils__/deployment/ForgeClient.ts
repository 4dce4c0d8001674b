import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { PortalTarget } from '../PortalTarget';

/** The fields of Gitea's pull requests that the tests read. */
interface MergeablePull {
  title: string;
  state: string;
  mergeable: boolean;
  labels: Array<{ name: string }>;
  user: { login: string };
  head: { sha: string };
}

/** Gitea's REST API as the platform engineer, who reviews and merges. */
export class ForgeClient {
  readonly #repository: string;
  readonly #token: string;

  constructor(forge: PortalTarget['forge']) {
    this.#repository = `${forge.url}/api/v1/repos/acme/platform`;
    this.#token = forge.platformEngineerToken;
  }

  /** Waits until Gitea, which checks for conflicts in the background, reports a pull request as mergeable. */
  async mergeable(number: number): Promise<MergeablePull> {
    return eventually(async () => {
      const pull: MergeablePull = await this.#send('GET', `/pulls/${number}`);
      if (!pull.mergeable) {
        throw new Error(`Pull request ${number} is not mergeable`);
      }
      return pull;
    });
  }

  /** @returns the new head of `main` */
  async merge(number: number, headCommit: string): Promise<string> {
    await this.#send('POST', `/pulls/${number}/merge`, {
      Do: 'squash',
      head_commit_id: headCommit,
      delete_branch_after_merge: true,
    });
    const main: { commit: { id: string } } = await this.#send(
      'GET',
      '/branches/main',
    );
    return main.commit.id;
  }

  async #send(method: string, path: string, body?: object) {
    const response = await fetch(`${this.#repository}${path}`, {
      method,
      headers: {
        authorization: `token ${this.#token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    // The response to a merge is empty.
    return JSON.parse(text || '{}');
  }
}
