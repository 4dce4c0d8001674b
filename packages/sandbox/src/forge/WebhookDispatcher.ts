import { createHmac, randomUUID } from 'node:crypto';
import type { SandboxLogger } from '../logger';
import { EMPTY_TREE } from '../git/BareRepository';
import type { Commit } from '../git/commits';
import { toPullRequest } from './api/pullRequestDto';
import { toPayloadCommit, toRepository, toUser } from './api/repositoryDto';
import {
  NULL_COMMIT,
  type PullRequestEvent,
  type PushEvent,
  type PullReviewEvent,
  type CommitStatusEvent,
} from './events';
import type { Forge } from './Forge';
import type { Hook } from './ForgeState';
import { webUrl } from './api/urls';

const DELIVERY_TIMEOUT_MS = 5_000;

/** Names of an event in the headers of a delivery. Gitea uses different ones for each kind of review. */
interface EventNames {
  /** A webhook gets the event if it subscribes to one of these names. */
  groups: string[];
  event: string;
  type: string;
}

const sameNames = (name: string): EventNames => ({
  groups: [name],
  event: name,
  type: name,
});

const REVIEW_GROUPS = ['pull_request', 'pull_request_review'];

const REVIEW_EVENT_NAMES: Record<
  PullReviewEvent['review']['state'],
  EventNames
> = {
  APPROVED: {
    groups: REVIEW_GROUPS,
    event: 'pull_request_approved',
    type: 'pull_request_review_approved',
  },
  REQUEST_CHANGES: {
    groups: REVIEW_GROUPS,
    event: 'pull_request_rejected',
    type: 'pull_request_review_rejected',
  },
  COMMENT: {
    groups: REVIEW_GROUPS,
    event: 'pull_request_comment',
    type: 'pull_request_review_comment',
  },
};

interface WebhookDispatcherOptions {
  forge: Forge;
  logger: SandboxLogger;
}

/**
 * Delivers pushes, pull requests, reviews and commit statuses to the repository's webhooks, with Gitea's payloads and
 * signatures. A failed delivery is not retried.
 */
export class WebhookDispatcher {
  readonly #forge: Forge;
  readonly #logger: SandboxLogger;

  constructor({ forge, logger }: WebhookDispatcherOptions) {
    this.#forge = forge;
    this.#logger = logger;
  }

  /** Subscribes to the events of the forge. */
  start(): void {
    const forge = this.#forge;
    forge.pullRequests.pushes.subscribe(event => {
      this.#send(sameNames('push'), () => this.#pushPayload(event));
    });
    forge.pullRequests.reviews.subscribe(event => {
      this.#send(REVIEW_EVENT_NAMES[event.review.state], () =>
        this.#reviewPayload(event),
      );
    });
    forge.statuses.subscribe(event => {
      this.#send(sameNames('status'), () => this.#statusPayload(event));
    });
    forge.pullRequests.events.subscribe(event => {
      this.#send(sameNames('pull_request'), () =>
        this.#pullRequestPayload(event),
      );
    });
  }

  async #send(
    names: EventNames,
    createPayload: () => Promise<object>,
  ): Promise<void> {
    const hooks = this.#forge.state.data.hooks.filter(
      hook =>
        hook.active && names.groups.some(group => hook.events.includes(group)),
    );
    if (hooks.length === 0) {
      return;
    }
    try {
      const payload = JSON.stringify(await createPayload(), undefined, 2);
      await Promise.all(hooks.map(hook => this.#deliver(hook, names, payload)));
    } catch (error) {
      this.#logger.warn(
        `A webhook of the forge could not be delivered: ${error}`,
      );
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
        `Webhook ${hook.id} of the forge responded with ${response.status}.`,
      );
    }
  }

  async #pushPayload({ ref, before, after, pusher }: PushEvent) {
    const forge = this.#forge;
    const excluding =
      before === NULL_COMMIT
        ? await forge.repository.resolve(forge.branch)
        : before;
    const commits =
      after === NULL_COMMIT
        ? []
        : await forge.repository.log({ from: after, excluding });
    const payloads = await Promise.all(
      commits.map(async commit => ({
        ...toPayloadCommit(forge, commit),
        ...(await this.#changedPaths(commit)),
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

  /** Paths that a commit changed, compared with its first parent. */
  async #changedPaths({ sha, parents }: Commit) {
    const changes = await this.#forge.repository.changes(
      parents[0] ?? EMPTY_TREE,
      sha,
    );
    const pathsOf = (matches: (status: string) => boolean) =>
      changes.filter(({ status }) => matches(status)).map(({ path }) => path);
    return {
      added: pathsOf(status => status === 'added'),
      removed: pathsOf(status => status === 'deleted'),
      modified: pathsOf(status => !['added', 'deleted'].includes(status)),
    };
  }

  async #pullRequestPayload({ action, pull, sender }: PullRequestEvent) {
    const forge = this.#forge;
    return {
      action,
      number: pull.number,
      pull_request: await toPullRequest(forge, pull, sender),
      requested_reviewer: null,
      repository: toRepository(forge, sender),
      sender: toUser(forge, sender),
      commit_id: '',
      review: null,
    };
  }

  async #reviewPayload({ review, pull, sender }: PullReviewEvent) {
    const forge = this.#forge;
    return {
      action: 'reviewed',
      number: pull.number,
      pull_request: await toPullRequest(forge, pull, sender),
      requested_reviewer: toUser(forge, sender),
      repository: toRepository(forge, sender),
      sender: toUser(forge, sender),
      commit_id: '',
      review: {
        type: REVIEW_EVENT_NAMES[review.state].type,
        content: review.body,
      },
    };
  }

  async #statusPayload({ status, sender }: CommitStatusEvent) {
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
