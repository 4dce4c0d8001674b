import { createHmac, randomUUID } from 'node:crypto';
import type { SandboxLogger } from '../logger';
import { EMPTY_TREE } from '../git/BareRepository';
import type { Commit } from '../git/commits';
import { toPull } from './api/pullShapes';
import { toPayloadCommit, toRepository, toUser, webUrl } from './api/shapes';
import {
  NO_COMMIT,
  type PullEvent,
  type PushEvent,
  type ReviewEvent,
  type StatusEvent,
} from './events';
import type { Forge } from './Forge';
import type { Hook } from './ForgeState';

const DELIVERY_TIMEOUT_MS = 5_000;

/** The names of an event in the headers: Gitea tells reviews apart in both. */
interface EventNames {
  /** What a webhook asks for; one of them is enough. */
  groups: string[];
  event: string;
  type: string;
}

const named = (name: string): EventNames => ({
  groups: [name],
  event: name,
  type: name,
});

const REVIEWS = ['pull_request', 'pull_request_review'];

const reviewNames: Record<ReviewEvent['review']['state'], EventNames> = {
  APPROVED: {
    groups: REVIEWS,
    event: 'pull_request_approved',
    type: 'pull_request_review_approved',
  },
  REQUEST_CHANGES: {
    groups: REVIEWS,
    event: 'pull_request_rejected',
    type: 'pull_request_review_rejected',
  },
  COMMENT: {
    groups: REVIEWS,
    event: 'pull_request_comment',
    type: 'pull_request_review_comment',
  },
};

export interface WebhooksOptions {
  forge: Forge;
  logger: SandboxLogger;
}

/**
 * Delivers pushes, pull requests, reviews and commit statuses to the repository's webhooks, with Gitea's payloads and
 * signatures. A failed delivery is not retried.
 */
export class Webhooks {
  readonly #forge: Forge;
  readonly #logger: SandboxLogger;

  constructor({ forge, logger }: WebhooksOptions) {
    this.#forge = forge;
    this.#logger = logger;
  }

  /** Subscribes to the events of the forge. */
  start(): void {
    const forge = this.#forge;
    forge.pulls.pushes.subscribe(event => {
      this.#send(named('push'), () => this.#pushPayload(event));
    });
    forge.pulls.reviews.subscribe(event => {
      this.#send(reviewNames[event.review.state], () =>
        this.#reviewPayload(event),
      );
    });
    forge.statuses.subscribe(event => {
      this.#send(named('status'), () => this.#statusPayload(event));
    });
    forge.pulls.events.subscribe(event => {
      this.#send(named('pull_request'), () => this.#pullPayload(event));
    });
  }

  async #send(
    names: EventNames,
    describe: () => Promise<object>,
  ): Promise<void> {
    const hooks = this.#forge.state.data.hooks.filter(
      hook =>
        hook.active && names.groups.some(group => hook.events.includes(group)),
    );
    if (hooks.length === 0) {
      return;
    }
    try {
      const payload = JSON.stringify(await describe(), undefined, 2);
      await Promise.all(hooks.map(hook => this.#deliver(hook, names, payload)));
    } catch (error) {
      this.#logger.warn(`A webhook of the forge was not delivered: ${error}`);
    }
  }

  async #deliver(
    hook: Hook,
    { event, type }: EventNames,
    payload: string,
  ): Promise<void> {
    const sign = (algorithm: string) =>
      hook.secret
        ? createHmac(algorithm, hook.secret).update(payload).digest('hex')
        : '';
    const id = randomUUID();
    const headers: Record<string, string> = {
      'X-Hub-Signature': `sha1=${sign('sha1')}`,
      'X-Hub-Signature-256': `sha256=${sign('sha256')}`,
      'X-GitHub-Delivery': id,
      'X-GitHub-Event': event,
      'X-GitHub-Event-Type': type,
    };
    for (const forge of ['Gitea', 'Gogs']) {
      headers[`X-${forge}-Delivery`] = id;
      headers[`X-${forge}-Event`] = event;
      headers[`X-${forge}-Event-Type`] = type;
      headers[`X-${forge}-Signature`] = sign('sha256');
    }
    for (const forge of ['Gitea', 'GitHub']) {
      headers[`X-${forge}-Hook-Installation-Target-Type`] = 'repository';
    }
    const response = await fetch(hook.url, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type':
          hook.contentType === 'form'
            ? 'application/x-www-form-urlencoded'
            : 'application/json',
      },
      body:
        hook.contentType === 'form'
          ? new URLSearchParams({ payload }).toString()
          : payload,
      redirect: 'error',
      signal: AbortSignal.timeout(DELIVERY_TIMEOUT_MS),
    });
    if (!response.ok) {
      this.#logger.warn(
        `Webhook ${hook.id} of the forge answered ${response.status}.`,
      );
    }
  }

  async #pushPayload({ ref, before, after, pusher }: PushEvent) {
    const forge = this.#forge;
    const excluding =
      before === NO_COMMIT
        ? await forge.repository.resolve(forge.branch)
        : before;
    const commits =
      after === NO_COMMIT
        ? []
        : await forge.repository.log({ from: after, excluding });
    const payloads = await Promise.all(
      commits.map(async commit => ({
        ...toPayloadCommit(forge, commit),
        ...(await this.#paths(commit)),
      })),
    );
    const sender = toUser(forge, pusher);
    return {
      ref,
      before,
      after,
      compare_url: `${webUrl(forge)}/compare/${before}...${after}`,
      commits: payloads,
      total_commits: payloads.length,
      head_commit: payloads[0] ?? null,
      repository: toRepository(forge, pusher),
      pusher: sender,
      sender,
    };
  }

  /** What a commit changed against its first parent. */
  async #paths({ sha, parents }: Commit) {
    const changes = await this.#forge.repository.changes(
      parents[0] ?? EMPTY_TREE,
      sha,
    );
    const pathsOf = (wanted: (status: string) => boolean) =>
      changes.filter(({ status }) => wanted(status)).map(({ path }) => path);
    return {
      added: pathsOf(status => status === 'added'),
      removed: pathsOf(status => status === 'deleted'),
      modified: pathsOf(status => !['added', 'deleted'].includes(status)),
    };
  }

  async #pullPayload({ action, pull, sender }: PullEvent) {
    const forge = this.#forge;
    return {
      action,
      number: pull.number,
      pull_request: await toPull(forge, pull, sender),
      requested_reviewer: null,
      repository: toRepository(forge, sender),
      sender: toUser(forge, sender),
      commit_id: '',
      review: null,
    };
  }

  async #reviewPayload({ review, pull, sender }: ReviewEvent) {
    const forge = this.#forge;
    return {
      action: 'reviewed',
      number: pull.number,
      pull_request: await toPull(forge, pull, sender),
      requested_reviewer: toUser(forge, sender),
      repository: toRepository(forge, sender),
      sender: toUser(forge, sender),
      commit_id: '',
      review: { type: reviewNames[review.state].type, content: review.body },
    };
  }

  async #statusPayload({ status, sender }: StatusEvent) {
    const forge = this.#forge;
    const [commit] = await forge.repository.log({ from: status.sha, limit: 1 });
    return {
      commit: commit && toPayloadCommit(forge, commit),
      context: status.context,
      created_at: status.createdAt,
      description: status.description,
      id: status.id,
      repository: toRepository(forge, sender),
      sender: toUser(forge, sender),
      sha: status.sha,
      state: status.state,
      target_url: status.targetUrl,
      updated_at: status.createdAt,
    };
  }
}
